import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Host } from "~/integration/host/host";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { readRouteTable } from "~test/route-table";
import { pagesOf, send, serveApp } from "~test/web";
import { audit } from "./audit.server";
import { verifyAuditFile } from "./audit-file.server";
import { viewAuditLog } from "./audit-list.server";
import { readAuditQuery } from "./audit-query.server";
import { verifyAuditLog } from "./audit-verify.server";

type Admin = Awaited<ReturnType<typeof makeUser>>;
let admin: Admin;
let moderator: Admin;
let host: Host;
const [chatId, disputeId] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  admin = await makeUser(db, { role: "admin" });
  moderator = await makeUser(db, { role: "moderator", email: "her.address@test.example" });
  await audit(db, moderator, { action: "chat.viewed", chatId, disputeId });
  await audit(db, moderator, { action: "user.viewed", personId: admin.id });
  host = await makeHost(db, "Shop <b>1</b>");
  await audit(db, host, { action: "dispute.opened", chatId, disputeId, personId: moderator.id });
  const details = { reason: '=1+1, "quoted"\nand a second line' };
  await audit(db, "system", { action: "sanction.lifted", details });
});

/** The numbers of the entries that an address asks for. */
async function asked(search: string) {
  const { filter, ...query } = await readAuditQuery(db, new URLSearchParams(search));
  if (!filter) return Object.keys(query.errors);
  const { entries } = await viewAuditLog(db, admin, {
    ...query,
    filter,
    timeZone: "UTC",
    size: 50,
  });
  return entries.filter(({ action }) => action !== "audit.viewed").map(({ seq }) => seq);
}

test("the log is filtered by person, chat, case, action and time", async () => {
  expect(await asked("")).toEqual([4, 3, 2, 1]);
  expect(await asked("sort=oldest")).toEqual([1, 2, 3, 4]);
  expect(await asked(`person=${moderator.id.toUpperCase()}`)).toEqual([3, 2, 1]);
  expect(await asked("person= Her.Address@test.example ")).toEqual([3, 2, 1]);
  expect(await asked(`person=${admin.id}`)).toEqual([2]);
  expect(await asked(`chat=${chatId}`)).toEqual([3, 1]);
  expect(await asked(`dispute=${disputeId}&action=chat.viewed`)).toEqual([1]);
  expect(await asked("action=sanction.lifted")).toEqual([4]);
  const today = new Date().toISOString().slice(0, 10);
  expect(await asked(`from=${today}&to=2999-12-31`)).toEqual([4, 3, 2, 1]);
  expect(await asked("to=2001-01-01")).toEqual([]);
  expect(await asked("from=2999-01-01")).toEqual([]);
  expect(await asked(`person=${randomUUID()}`)).toEqual([]);
});

test("what fits nothing is told, field by field, and finds nothing", async () => {
  expect(await asked("person=nobody@test.example")).toEqual(["person"]);
  expect(await asked("person=%00&chat=x&dispute='&from=2026-02-30&to=yesterday")).toEqual([
    "chat",
    "dispute",
    "from",
    "to",
  ]);
  for (const after of ["", "x", "-1", "1e99", "%00"])
    expect(await asked(`after=${after}`)).toBeDefined();
});

test("what the host did names its key, as it was called then", async () => {
  await sql`update api_keys set name = 'Called otherwise now' where id = ${host.keyId}`;
  const pages = await pagesOf(await readRouteTable());
  const { origin } = await serveApp({ pages });
  const Cookie = `session=${(await createSession(db, admin.id)).token}`;
  const { body } = await send(`${origin}/admin/audit?chat=${chatId}`, { headers: { Cookie } });
  expect(body).toContain("Host (key Shop &lt;b&gt;1&lt;/b&gt;)");
  expect(body).not.toContain("<b>1</b>");
  const [entry] = await sql`select details::jsonb from audit_log where actor_role = 'host'`;
  expect(entry?.details).toEqual({ key: { id: host.keyId, name: host.keyName } });
  expect((await verifyAuditLog(db)).faults).toEqual([]);
});

test("what the host did before it had keys is whole and shown without one", async () => {
  class Undo extends Error {}
  const seen: unknown[] = [];
  const trying = db.transaction(async (tx) => {
    await tx.execute(`insert into audit_log (seq, at, actor_role, action, previous_hash, hash)
      values (0, now(), 'host', 'dispute.opened', '', '')`);
    const [newest] = (
      await viewAuditLog(tx, admin, { filter: {}, timeZone: "UTC", sort: "newest", size: 1 })
    ).entries;
    seen.push(newest?.actorRole, newest?.key, newest?.details);
    throw new Undo();
  });
  await expect(trying).rejects.toThrow(Undo);
  expect(seen).toEqual(["host", null, {}]);
});

test("days are those of the reader's time zone", async () => {
  class Undo extends Error {}
  const seen: Record<string, number[]> = {};
  const trying = db.transaction(async (tx) => {
    await tx.execute("alter table audit_log disable trigger audit_log_stays");
    await tx.execute("update audit_log set at = '2025-03-09T23:30:00Z' where seq = 1");
    for (const [day, timeZone] of [
      ["2025-03-09", "UTC"],
      ["2025-03-10", "UTC"],
      ["2025-03-10", "Asia/Tokyo"],
    ] as const) {
      const filter = { from: day, to: day };
      const list = await viewAuditLog(tx, admin, { filter, timeZone, sort: "oldest", size: 5 });
      seen[`${day} ${timeZone}`] = list.entries.map(({ seq }) => seq);
    }
    throw new Undo();
  });
  await expect(trying).rejects.toThrow(Undo);
  expect(seen).toEqual({
    "2025-03-09 UTC": [1],
    "2025-03-10 UTC": [],
    "2025-03-10 Asia/Tokyo": [1],
  });
});

test("pages neither repeat nor miss an entry, while the log grows", async () => {
  for (const sort of ["newest", "oldest"] as const) {
    const seqs: number[] = [];
    for (let after: number | undefined; ; ) {
      const filter = { action: "chat.viewed" };
      const page = await viewAuditLog(db, admin, { filter, timeZone: "UTC", sort, after, size: 2 });
      seqs.push(...page.entries.map(({ seq }) => seq));
      if (sort === "newest") await audit(db, moderator, { action: "chat.viewed" });
      if (page.next === null) break;
      after = page.next;
    }
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => (sort === "newest" ? b - a : a - b)));
  }
});

test("each look and each export is an entry, with what was asked and no address", async () => {
  const pages = await pagesOf(await readRouteTable());
  const { origin } = await serveApp({ pages });
  const Cookie = `session=${(await createSession(db, admin.id)).token}`;
  const get = (path: string) => send(origin + path, { headers: { Cookie } });
  const [{ last } = { last: 0 }] = await sql`select max(seq)::int as last from audit_log`;
  await get("/admin/audit?person=her.address@test.example&action=chat.viewed");
  await get("/admin/audit/export?format=csv&action=sanction.lifted");
  expect((await get("/admin/audit/export?format=csv&chat=nonsense")).status).toBe(404);
  expect((await get("/admin/audit/export?format=exe")).status).toBe(404);
  const rows = await sql`
    select action, person_id, details::jsonb from audit_log where seq > ${last} order by seq`;
  expect(rows).toEqual([
    {
      action: "audit.viewed",
      person_id: moderator.id,
      details: { action: "chat.viewed", sort: "newest" },
    },
    {
      action: "audit.exported",
      person_id: null,
      details: { action: "sanction.lifted", format: "csv" },
    },
  ]);
});

test("an export is a file that holds every entry as it is", async () => {
  await sql.begin(async (tx) => {
    await tx`
      insert into audit_log (seq, at, actor_role, action, previous_hash, hash)
      select 0, now(), 'system', 'chat.viewed', '', '' from generate_series(1, 2500)`;
  });
  const pages = await pagesOf(await readRouteTable());
  const { origin } = await serveApp({ pages });
  const Cookie = `session=${(await createSession(db, admin.id)).token}`;
  const get = (path: string) => send(origin + path, { headers: { Cookie } });
  const whole = await get("/admin/audit/export?format=jsonl");
  expect(whole.headers).toMatchObject({
    "content-type": "application/x-ndjson",
    "content-disposition": expect.stringMatching(/^attachment; filename="audit-[\d-]{10}\.jsonl"$/),
    "cache-control": expect.stringContaining("no-store"),
  });
  const lines = whole.body.split(/(?<=\n)/);
  expect(JSON.parse(lines.at(-2) ?? "")).toMatchObject({ action: "audit.exported" });
  const { faults, count } = await verifyAuditFile(lines);
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThan(2_500);
  const table = await get("/admin/audit/export?format=csv&action=sanction.lifted");
  expect(table.headers["content-type"]).toMatch(/^text\/csv/);
  const [head, entry] = table.body.split("\r\n");
  expect(head).toBe(
    "seq,at,actorId,actorRole,action,chatId,disputeId,personId,details,previousHash,hash",
  );
  expect(entry).toMatch(
    /^4,\d{4}-\d\d-\d\dT[\d:.]+Z,,system,sanction\.lifted,,,,"\{""reason"":""=1\+1/,
  );
});
