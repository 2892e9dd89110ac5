import postgres from "postgres";
import type { Plan } from "./plan.ts";

export type Truth = { lastSeqs: Map<string, number>; clientIds: Set<string> };

/**
 * What the database says of these chats; every server of the benchmarks stores messages in the same
 * tables.
 *
 * @throws when a chat has a hole, which no server may leave
 */
export async function readTruth({
  databaseUrl,
  chats: asked,
}: Pick<Plan, "databaseUrl" | "chats">): Promise<Truth> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const ids = asked.map(({ id }) => id);
  try {
    const chats = await sql<{ id: string; seq: number; stored: number }[]>`
      select id, last_seq::int as seq,
        (select count(*)::int from chat_messages where chat_id = chats.id) as stored
      from chats where id = any(${ids}::uuid[])`;
    const holes = chats.filter(({ seq, stored }) => seq !== stored);
    if (holes.length) throw new Error(`${holes.length} chats have holes in the database`);
    const messages = await sql<{ id: string }[]>`
      select client_id as id from chat_messages 
      where client_id is not null and chat_id = any(${ids}::uuid[])`;
    return {
      lastSeqs: new Map(chats.map(({ id, seq }) => [id, seq])),
      clientIds: new Set(messages.map(({ id }) => id)),
    };
  } finally {
    await sql.end();
  }
}
