import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import type { Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeFlag, makeReport, makeReported } from "~test/flags";
import { decideFlag } from "./decide.server";
import { takeNextFlag } from "./hold.server";
import { lookAtFlag } from "./look.server";
import { countFlags, listFlags } from "./queue.server";

/** Each of them makes people and chats, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 90_000 });

const size = 25;
const fine = { choice: "fine", statement: "It is nothing." } as const;
const idsOf = async (...asked: Parameters<typeof listFlags>) =>
  (await listFlags(...asked)).flags.map(({ id }) => id);

test("the queue lists the worst and oldest first, and nothing of what was written", async () => {
  const moderator = await makeUser(db, { role: "moderator" });
  const bad = await makeFlag(db);
  const mild = await makeFlag(db, {
    reason: { kind: "profanity", action: "warn", words: ["damn"] },
  });
  const person = await makeReported(db, await makeChat(db), 1);
  const list = await listFlags(db, moderator, { filter: "waiting", size });
  expect(list.flags.map(({ id }) => id)).toEqual([bad.id, person, mild.id]);
  expect(JSON.stringify(list)).not.toMatch(/silver spoon|damn/);
  expect(list.flags[0]).toMatchObject({
    kinds: ["found-scam"],
    person: { id: bad.chat.buyer.id },
    by: null,
  });
  await sql`update flags set opened_at = opened_at - interval '3 days' where id = ${mild.id}`;
  expect((await idsOf(db, moderator, { filter: "waiting", size }))[0]).toBe(mild.id);
});

test("it is narrowed to one's own, to what is decided, to a source and to a kind", async () => {
  const [moderator, other] = [
    await makeUser(db, { role: "moderator" }),
    await makeUser(db, { role: "moderator", name: "Other" }),
  ];
  const looked = await makeFlag(db, { reason: { kind: "bulk", action: "flag", words: [] } });
  await lookAtFlag(db, moderator, looked.id);
  const decided = await makeFlag(db);
  await makeReport(db, decided.id, decided.chat.seller);
  await decideFlag(db, other, decided.id, fine);
  expect(await idsOf(db, moderator, { filter: "mine", size })).toEqual([looked.id]);
  expect(await idsOf(db, other, { filter: "mine", size })).toEqual([]);
  const { flags } = await listFlags(db, moderator, { filter: "decided", size });
  expect(flags).toMatchObject([{ id: decided.id, outcome: "fine", by: { name: "Other" } }]);
  const narrowed = { filter: "waiting", size } as const;
  expect(await idsOf(db, moderator, { ...narrowed, kind: "found-bulk" })).toEqual([looked.id]);
  expect(await idsOf(db, moderator, { ...narrowed, source: "appeal" })).toEqual([]);
  const reported = await idsOf(db, moderator, { ...narrowed, kind: "reported-scam" });
  expect(reported).not.toContain(looked.id);
  expect(await countFlags(db, moderator)).toMatchObject({ mine: 1 });
});

test("who is a party finds nothing of it, and pages hold each flag once", async () => {
  const made = await Promise.all(Array.from({ length: 7 }, () => makeFlag(db)));
  const moderator = await makeUser(db, { role: "moderator" });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listFlags(db, moderator, { filter: "waiting", size: 3, after });
    seen.push(...page.flags.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  for (const { id } of made) expect(seen).toContain(id);
  const [first] = made;
  expect(
    await idsOf(db, first?.chat.seller ?? moderator, { filter: "waiting", size }),
  ).not.toContain(first?.id);
});

test("neither a page nor the next flag reads or sorts the whole queue", async () => {
  const moderator = await makeUser(db, { role: "moderator" });
  const { id } = await makeFlag(db);
  // One of each person, because a person is flagged once in a chat.
  await sql`
    insert into users (id, email, name)
    select gen_random_uuid(), 'queue' || n || '@test.example', 'Q' from generate_series(1, 4000) n`;
  await sql`
    insert into flags (id, chat_id, person_id, seq, source, severity, opened_at, status, outcome,
      statement, decided_by, resolved_at)
    select gen_random_uuid(), f.chat_id, u.id, 1, 'report', n % 90, now() - n * interval '1 min',
      case when is_open then 'open' else 'resolved' end, case when not is_open then 'fine' end,
      case when not is_open then 'Fine' end, case when not is_open then u.id end,
      case when not is_open then now() - n * interval '1 min' end
    from (select id, row_number() over () n, random() < 0.5 as is_open from users where name = 'Q') u,
      flags f where f.id = ${id}`;
  await sql`analyze`;
  const plans: string[] = [];
  const client = postgres(databaseUrl, {
    max: 1,
    fetch_types: false,
    debug: (_, query, params) => {
      if (/^\s*select\b.*\bflags f\b/is.test(query)) statements.push({ query, params });
    },
  });
  const statements: { query: string; params: unknown[] }[] = [];
  const watched = drizzle(client, { schema }) as Db;
  await listFlags(watched, moderator, { filter: "waiting", size });
  await listFlags(watched, moderator, { filter: "decided", size });
  await takeNextFlag(watched, moderator);
  for (const { query, params } of statements) {
    const [row] = await sql.unsafe(`explain (format json) ${query}`, params as string[]);
    plans.push(JSON.stringify(row));
  }
  await client.end();
  expect(plans).toHaveLength(3);
  for (const [at, index] of ["queue", "resolved_at", "queue"].entries()) {
    expect(plans[at]).toContain(`flags_${index}_idx`);
    expect(plans[at]).not.toMatch(/"Node Type":"Seq Scan"[^}]*"Relation Name":"flags"/);
  }
});
