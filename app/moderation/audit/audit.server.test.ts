import { randomUUID } from "node:crypto";
import { sql as statement } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { makeInstance } from "~test/instances";
import { type AuditEntry, audit } from "./audit.server";
import type { AuditRecord } from "./audit-hash";
import { readAuditHead, readAuditRecords } from "./audit-records.server";
import { verifyAuditLog } from "./audit-verify.server";

const moderator = () => makeUser(db, { role: "moderator" });

async function allRecords(): Promise<AuditRecord[]> {
  const all: AuditRecord[] = [];
  for await (const some of readAuditRecords(db, {}, { upTo: null })) all.push(...some);
  return all;
}

beforeAll(async () => {
  const entry: AuditEntry = { action: "chat.viewed", chatId: randomUUID() };
  const details = { reason: 'Größe, Ünïcode und 🚲, "quoted" \\ and\nlines', at: 1.5, none: null };
  await audit(db, await moderator(), entry, { action: "dispute.viewed", disputeId: randomUUID() });
  await audit(db, "system", { ...entry, personId: randomUUID(), details });
  await audit(db, await makeHost(db), { action: "transcript.exported" });
});

describe("the database refuses", () => {
  const ways: Record<string, string> = {
    "an update": "update audit_log set details = '{}'",
    "an update of one entry": "update audit_log set action = 'chat.left' where seq = 1",
    "an update that changes nothing": "update audit_log set seq = seq where false",
    "an update by upsert":
      "insert into audit_log select * from audit_log where seq = 1 on conflict (seq) do update set action = 'x'",
    "an update by merge":
      "merge into audit_log a using audit_log b on a.seq = b.seq when matched then update set action = 'x'",
    "a removal": "delete from audit_log",
    "a removal of the last entry":
      "delete from audit_log where seq = (select max(seq) from audit_log)",
    "a removal by merge":
      "merge into audit_log a using audit_log b on a.seq = b.seq when matched then delete",
    "an emptying": "truncate audit_log",
    "an emptying with all that refers to it": "truncate audit_log cascade",
    "another end of the log": "update audit_head set seq = seq - 1",
    "a removal of its end": "delete from audit_head",
    "an emptying of its end": "truncate audit_head",
    "triggers that are asleep":
      "set local session_replication_role = replica; delete from audit_log where seq = 1",
  };

  test.each(Object.entries(ways))("%s, whoever asks", async (_, way) => {
    const before = await allRecords();
    const role = `role_${randomUUID().replaceAll("-", "")}`;
    await sql.unsafe(`create role ${role}; grant all on all tables in schema public to ${role}`);
    for (const [asked, answer] of [
      ["", /append-only/],
      [`set local role ${role};`, /append-only|permission denied to set/],
    ] as const) {
      const trying = sql.begin((tx) => tx.unsafe(asked + way).simple());
      await expect(trying).rejects.toThrow(answer);
    }
    await sql.unsafe(`drop owned by ${role}; drop role ${role}`);
    expect(await allRecords()).toEqual(before);
  });

  test("details that are no JSON", async () => {
    const writing = sql`
      insert into audit_log (seq, at, actor_role, action, details, previous_hash, hash)
      values (0, now(), 'system', 'x', 'no json', '', '')`;
    await expect(writing).rejects.toThrow("json");
  });
});

test("who writes says neither number nor time nor hash: the database does", async () => {
  const head = await readAuditHead(db);
  await sql`
    insert into audit_log (seq, at, actor_role, action, previous_hash, hash)
    values (1, '2001-01-01', 'system', 'chat.viewed', ${"a".repeat(64)}, ${"b".repeat(64)})`;
  const last = (await allRecords()).at(-1);
  expect(last).toMatchObject({ seq: head.seq + 1, previousHash: head.hash });
  expect(Math.abs(Date.now() - Date.parse(last?.at ?? ""))).toBeLessThan(60_000);
  expect((await verifyAuditLog(db)).faults).toEqual([]);
});

test("what is rolled back leaves neither an entry nor a hole", async () => {
  const before = await readAuditHead(db);
  const failing = db.transaction(async (tx) => {
    await audit(tx, "system", { action: "chat.viewed" });
    throw new Error("No");
  });
  await expect(failing).rejects.toThrow("No");
  expect(await readAuditHead(db)).toEqual(before);
  await audit(db, "system", { action: "chat.viewed" });
  expect(await verifyAuditLog(db)).toMatchObject({ head: { seq: before.seq + 1 }, faults: [] });
});

test("many who write at once make one chain without holes, in the order of their commits", async () => {
  const instances = [db, makeInstance(), makeInstance()];
  const actors = await Promise.all([moderator(), moderator(), moderator()]);
  const before = await readAuditHead(db);
  await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      (instances[at % 3] ?? db).transaction(async (tx) => {
        await audit(
          tx,
          actors[at % 3] ?? "system",
          { action: "chat.viewed", chatId: randomUUID() },
          { action: "chat.searched", details: { at } },
        );
        if (at % 5 === 0) await tx.execute(statement`select pg_sleep(0.01)`);
      }),
    ),
  );
  const verdict = await verifyAuditLog(db);
  expect(verdict).toMatchObject({ head: { seq: before.seq + 120 }, faults: [] });
  const records = (await allRecords()).slice(-120);
  // Both of one transaction stand together.
  for (let at = 0; at < 120; at += 2) {
    expect([records[at]?.action, records[at + 1]?.action]).toEqual([
      "chat.viewed",
      "chat.searched",
    ]);
    expect(records[at]?.actorId).toBe(records[at + 1]?.actorId);
  }
  const times = records.map((record) => record.at);
  expect(times).toEqual(times.toSorted());
});

test("a log is checked as it was at one moment, while others go on writing", async () => {
  const writing = Promise.all(
    Array.from({ length: 20 }, () => audit(makeInstance(), "system", { action: "chat.viewed" })),
  );
  for (let at = 0; at < 5; at += 1) expect((await verifyAuditLog(db)).faults).toEqual([]);
  await writing;
});
