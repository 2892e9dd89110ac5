import { expect, test } from "vitest";
import { objectKeys } from "~/attachments/attachment";
import { listChats, listUnread } from "~/chats/list.server";
import { db, sql } from "~test/database";
import { makeDiskStorage } from "~test/storages";
import { demoId, seedDemoMarket } from "./seed.server";

const now = new Date("2026-01-15T12:00:00Z");
const buyer = {
  id: demoId("user", "buyer"),
  name: "",
  role: "user" as const,
  sessionId: "",
};

test("the demo market is made once, also when two processes start at once", async () => {
  const { storage } = makeDiskStorage();
  const made = await Promise.all([1, 2].map(() => seedDemoMarket(db, storage, now)));
  expect(made.sort()).toEqual([false, true]);
  const [counts] = await sql`
    select (select count(*)::int from subjects) listings, (select count(*)::int from chats) chats,
      (select max(last_seq)::int from chats) longest`;
  expect(counts).toEqual({ listings: 40, chats: 60, longest: 2_000 });

  const shown = await sql`
    select a.id, a.bytes from attachments a join chat_messages m on m.id = a.message_id
    where m.type = 'image' and m.chat_id = a.chat_id and m.sender_id = a.uploader_id`;
  expect(shown).toHaveLength(10);
  for (const { id, bytes } of shown) {
    for (const key of Object.values(objectKeys(id))) {
      const stored = await storage.get(key);
      stored?.stream.destroy();
      if (key.endsWith("full.webp")) expect(stored?.bytes).toBe(bytes);
      expect(stored?.bytes).toBeGreaterThan(0);
    }
  }
}, 90_000);

test("the demo buyer finds an unread, a closed and a long chat", async () => {
  const { chats } = await listChats(db, buyer, { filter: "all", size: 100 });
  expect(chats.some(({ chat }) => chat.status === "closed")).toBe(true);
  expect(chats.some(({ chat }) => chat.lastSeq === 2_000)).toBe(true);
  expect((await listUnread(db, buyer)).length).toBeGreaterThan(0);
});

test("what the market says of itself holds: gapless seqs, versions in step, text where it belongs", async () => {
  const wrong = await sql`
    select c.id from chats c
    where c.last_seq <> (select count(*) from chat_messages m where m.chat_id = c.id)
      or c.version < (select max(version) from chat_messages m where m.chat_id = c.id)`;
  expect(wrong).toHaveLength(0);
});

test("there is a dispute in each status, and everybody has read what was said of it", async () => {
  const disputes = await sql`
    select d.status, d.outcome, buyer.email, (
      select count(*)::int from chat_participants p
      where p.chat_id = c.id and p.read_seq < c.last_seq
    ) as unread
    from disputes d join chats c on c.id = d.chat_id join users buyer on buyer.id = c.buyer_id
    order by d.opened_at`;
  expect(disputes).toEqual([
    { status: "open", outcome: null, email: "buyer@demo.test", unread: 0 },
    { status: "in_review", outcome: null, email: "anjali@demo.test", unread: 0 },
    { status: "resolved", outcome: "seller", email: "aroha@demo.test", unread: 0 },
  ]);
});

test("people find read and unread notifications, none from later than now, and a muted chat", async () => {
  const told = await sql`
    select split_part(u.email, '@', 1) as person, n.kind, count(*) filter (where read_at is null)::int as unread,
      count(*) filter (where read_at is not null)::int as read
    from notifications n join users u on u.id = n.user_id
    where u.email in ('buyer@demo.test', 'seller@demo.test', 'bo@demo.test', 'aroha@demo.test')
    group by 1, 2 order by 1, 2`;
  expect(told.map(({ person, kind, unread, read }) => [person, kind, unread, read])).toEqual([
    ["aroha", "case", 1, 1],
    ["bo", "removal", 1, 0],
    ["bo", "sanction", 1, 1],
    ["buyer", "report", 0, 1],
    ["buyer", "sign_in", 1, 1],
    ["seller", "case", 1, 0],
    ["seller", "sign_in", 0, 1],
  ]);
  const [odd] = await sql`
    select count(*)::int as count from notifications n
    where exists (select from notifications o where o.user_id = n.user_id
      and o.version > n.version and o.created_at < n.created_at)`;
  expect(odd?.count, "in the order in which they came").toBe(0);
  const muted = (await listChats(db, buyer, { filter: "all", size: 100 })).chats.filter(
    ({ chat }) => chat.mutedUntil,
  );
  expect(muted).toHaveLength(1);
});
