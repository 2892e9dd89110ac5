import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import type { Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";
import { atOnce, sentMessages } from "./sent-messages.server";

type Plan = {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};

/** Rows of a table that a plan looked at, wanted or not. */
function lookedAt(plan: Plan, table: string): number {
  const own = (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"];
  const below = (plan.Plans ?? []).map((one) => lookedAt(one, table));
  return (plan["Relation Name"] === table ? own : 0) + below.reduce((sum, one) => sum + one, 0);
}

test("old messages of chats that go on, and old chats, cost next to nothing", async () => {
  const chats = [await makeChat(db), await makeChat(db), await makeChat(db)];
  for (const { id } of chats) {
    await sql`insert into chat_messages
      (id, chat_id, seq, version, created_version, sender_id, client_id, type, body, created_at)
      select gen_random_uuid(), id, last_seq + n, version + n, version + n, buyer_id,
        gen_random_uuid(), 'text', 'skyship ' || n, now() - interval '40 days'
      from chats, generate_series(1, 3000) n where id = ${id}`;
    await sql`update chats set last_seq = last_seq + 3000, version = version + 3000,
      last_message_at = now() - interval '40 days' where id = ${id}`;
  }
  for (const chat of chats.slice(1)) {
    for (let at = 1; at <= 3; at++) await say(db, chat.buyer, chat.id, `A skyship of today ${at}`);
  }
  await sql`analyze`;
  const statements: { query: string; params: unknown[] }[] = [];
  const client = postgres(databaseUrl, {
    onnotice: () => {},
    fetch_types: false,
    debug: (_, query, params) => void statements.push({ query, params }),
  });
  onTestFinished(() => client.end());
  const read: string[] = [];
  for await (const { messages } of sentMessages(drizzle(client, { schema }) as Db)) {
    read.push(...messages.map(({ text }) => text).filter((text) => text.includes("skyship")));
  }
  expect(read).toHaveLength(6);
  let messages = 0;
  const asked = statements.filter(({ query }) => query.includes("chat_messages"));
  for (const { query, params } of asked) {
    const [row] = await sql.unsafe(`explain (analyze, format json) ${query}`, params as string[]);
    messages += lookedAt(row?.["QUERY PLAN"][0].Plan, "chat_messages");
  }
  expect(asked).toHaveLength(1);
  expect(messages).toBeGreaterThan(0);
  expect(messages).toBeLessThanOrEqual(atOnce.messages);
});
