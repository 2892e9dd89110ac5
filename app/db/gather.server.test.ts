import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { databaseUrl } from "~test/database";
import type { Db } from "./client.server";
import { gather } from "./gather.server";
import { prepare } from "./prepared.server";

const sent: string[] = [];
const client = postgres(databaseUrl, {
  max: 4,
  fetch_types: false,
  debug: (_, query) => void sent.push(query),
});
const db = drizzle(client) as unknown as Db;
afterAll(() => client.end());
beforeEach(() => void sent.splice(0));

const sum = prepare<{ sum: number; at: string }>(sql`
  select ${sql.placeholder("a")}::int + ${sql.placeholder("b")}::int as sum,
    pg_current_snapshot()::text as at`);
const upTo = prepare<{ n: number }>(sql`
  select n from generate_series(1, ${sql.placeholder("last")}::int) n order by n desc`);
const divide = prepare<{ n: number }>(sql`select 1 / ${sql.placeholder("by")}::int as n`);

test("what is asked for at one time goes as one statement of one snapshot, each with its own rows", async () => {
  const gathered = gather(db);
  const late = Promise.resolve().then(() => sum(gathered, { a: 3, b: 4 }));
  const [one, rows, none, again, other] = await Promise.all([
    sum(gathered, { a: 1, b: 2 }),
    upTo(gathered, { last: 3 }),
    upTo(gathered, { last: 0 }),
    sum(gathered, { a: 1, b: 2 }),
    late,
  ]);
  expect(sent).toHaveLength(1);
  expect([one[0]?.sum, again[0]?.sum, other[0]?.sum]).toEqual([3, 3, 7]);
  expect(rows.map(({ n }) => n)).toEqual([3, 2, 1]);
  expect(none).toEqual([]);
  expect(other[0]?.at).toBe(one[0]?.at);
});

test("the same questions in another order are the same statement", async () => {
  for (const isFirst of [true, false]) {
    const gathered = gather(db);
    const ask = [() => sum(gathered, { a: 1, b: 2 }), () => upTo(gathered, { last: 2 })];
    await Promise.all((isFirst ? ask : ask.reverse()).map((one) => one()));
  }
  expect(sent[1]).toBe(sent[0]);
});

test("what is asked for later comes later, prepared or not", async () => {
  const gathered = gather(db);
  const first = sum(gathered, { a: 1, b: 2 });
  const unprepared = gathered.execute<{ n: number }>(sql`select 7 as n`);
  await first;
  expect(await upTo(gathered, { last: 1 })).toEqual([{ n: 1 }]);
  expect(await unprepared).toEqual([{ n: 7 }]);
  expect(sent[0]).toContain("as sum");
  expect(sent).toHaveLength(3);
});

test("one that fails fails what went with it, and nothing after", async () => {
  const gathered = gather(db);
  const asked = await Promise.allSettled([
    sum(gathered, { a: 1, b: 2 }),
    divide(gathered, { by: 0 }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await upTo(gathered, { last: 1 })).toEqual([{ n: 1 }]);
});
