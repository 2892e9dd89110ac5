import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { Period } from "./figures";
import { type AskedPeriods, keyOf, localStarts } from "./periods.server";

type Counts = Map<string, Pick<Period, "messages" | "activePeople">>;

/** Counting reads every message of the periods, so that several readers share it. In ms. */
const keptMs = 30_000;

const kept = new WeakMap<Db, Map<string, { until: number; counts: Promise<Counts> }>>();

/** How much was written, and by how many, by the period's start; at most half a minute old. */
export function readMessageFigures(db: Db, asked: AskedPeriods): Promise<Counts> {
  const known = kept.get(db) ?? new Map<string, { until: number; counts: Promise<Counts> }>();
  kept.set(db, known);
  const now = Date.now();
  for (const [key, { until }] of known) if (until < now) known.delete(key);
  const key = JSON.stringify(asked);
  const before = known.get(key);
  if (before) return before.counts;
  const counts = count(db, asked);
  known.set(key, { until: now + keptMs, counts });
  counts.catch(() => known.delete(key));
  return counts;
}

/**
 * Over the chats in which something was written since, whose messages are found by an index: an
 * index of messages by time would cost every send.
 */
async function count(db: Db, asked: AskedPeriods): Promise<Counts> {
  const { unit, timeZone } = asked;
  const rows = await db.execute<{ start: string; messages: number; people: number }>(sql`
    with since as (select min(local) at time zone ${timeZone} as since from (${localStarts(asked)}) s)
    select ${keyOf(sql`local at time zone ${timeZone}`)} as start, messages, people
    from (
      select date_trunc(${unit}, m.created_at at time zone ${timeZone}) as local,
        count(*)::int as messages, count(distinct m.sender_id)::int as people
      from chats c
      join chat_messages m on m.chat_id = c.id
      where c.last_message_at >= (select since from since)
        and m.created_at >= (select since from since) and m.type <> 'system'
      group by local
    ) counted`);
  return new Map(
    rows.map(({ start, messages, people }) => [start, { messages, activePeople: people }]),
  );
}
