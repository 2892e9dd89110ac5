import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { markRead } from "~/chats/positions.server";
import { notifications, unreadNotices } from "~/db/schema";
import { makeDispute } from "~test/cases";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { targetOf } from "./centre";
import { listNotifications } from "./list.server";
import { markNotificationsRead } from "./mark-read.server";
import { raiseNotifications } from "./raise.server";
import { readUnreadNotifications } from "./unread.server";
import { markViewed } from "./viewed.server";

const list = (viewer: { id: string }, size = 30, after?: string) =>
  listNotifications(db, viewer, { size, after });

const warn = (userId: string, subjectId: string = crypto.randomUUID()) =>
  db.transaction((tx) =>
    raiseNotifications(tx, [{ userId, kind: "sanction", subjectId, data: { what: "imposed" } }]),
  );

/** `message 2` is a chat with two unread messages. */
const shown = async (viewer: { id: string }) =>
  (await list(viewer)).groups.map(({ kind, unread }) => `${kind} ${unread}`);

test("messages stand there by chat, without a row of their own, until they are read in it", async () => {
  const chat = await makeChat(db);
  expect(await shown(chat.seller)).toEqual([]);
  await say(db, chat.buyer, chat.id, "Is the bicycle still for sale?");
  const { seq } = await say(db, chat.buyer, chat.id, "I could come on Sunday");
  expect(await shown(chat.seller)).toEqual(["message 2"]);
  expect(await shown(chat.buyer), "what one wrote oneself is no news").toEqual([]);
  await markNotificationsRead(db, chat.seller, { asOf: 99 });
  expect(await shown(chat.seller)).toEqual(["message 2"]);
  await markRead(db, chat.seller, { chatId: chat.id, seq });
  expect(await shown(chat.seller)).toEqual(["message 0"]);
  const [group] = (await list(chat.seller)).groups;
  expect(group).toMatchObject({ chat: { subject: "A red bicycle", other: chat.buyer.name } });
});

test("what happens to one subject is one group, the latest of it first", async () => {
  const person = await makeUser(db);
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
  for (const subject of [one, other, one]) await warn(person.id, subject);
  const { groups } = await list(person);
  expect(groups).toMatchObject([
    { kind: "sanction", id: one, count: 2, unread: 2, chat: null },
    { kind: "sanction", id: other, count: 1, unread: 1 },
  ]);
  await markNotificationsRead(db, person, { kind: "sanction", subjectId: one });
  expect(await shown(person)).toEqual(["sanction 0", "sanction 1"]);
  expect(await readUnreadNotifications(db, person)).toEqual({ unread: 1, asOf: 4 });
});

test("the pages of groups and of chats among them follow each other without a hole or a repeat", async () => {
  const chat = await makeChat(db);
  const { seller } = chat;
  for (let at = 0; at < 4; at++) await warn(seller.id);
  await makeDispute(db, chat);
  await say(db, chat.buyer, chat.id, "It never came to me");
  const whole = await list(seller);
  expect(whole.next).toBeNull();
  expect(whole.groups.map(({ kind }) => kind).sort()).toEqual([
    "case",
    "message",
    ...Array(4).fill("sanction"),
  ]);
  const paged = [];
  for (let after: string | undefined; ; ) {
    const page = await list(seller, 2, after);
    paged.push(...page.groups);
    if (!page.next) break;
    after = page.next;
  }
  expect(paged).toEqual(whole.groups);
});

test("what came after the page was made is not marked as read with it", async () => {
  const person = await makeUser(db);
  await warn(person.id);
  const { asOf } = await readUnreadNotifications(db, person);
  await warn(person.id);
  await markNotificationsRead(db, person, { asOf });
  expect(await shown(person)).toEqual(["sanction 1", "sanction 0"]);
});

test("nobody marks or sees another's, and two who mark at once do not wait for each other", async () => {
  const [person, stranger] = [await makeUser(db), await makeUser(db)];
  const subjectId = crypto.randomUUID();
  for (let at = 0; at < 5; at++) await warn(person.id, subjectId);
  await markNotificationsRead(db, stranger, { kind: "sanction", subjectId });
  expect(await shown(stranger)).toEqual([]);
  expect(await shown(person)).toEqual(["sanction 5"]);
  const both = [{ asOf: 99 }, { kind: "sanction" as const, subjectId }];
  await Promise.all(both.map((which) => markNotificationsRead(db, person, which)));
  const rows = await db.select().from(notifications).where(eq(notifications.userId, person.id));
  expect(rows.every(({ readAt }) => readAt !== null)).toBe(true);
});

test("a question leads to where it was asked, other news of a case to its page", async () => {
  const chat = await makeChat(db);
  await makeDispute(db, chat);
  const [group] = (await list(chat.seller)).groups.filter(({ kind }) => kind === "case");
  if (group?.kind !== "case") throw new Error("No news of the case");
  const [latest] = group.latest;
  if (!latest) throw new Error("A group of nothing");
  expect(targetOf(latest)).toBe(`/chats/${chat.id}/dispute`);
  const asked = { ...latest, data: { what: "asked" as const, chatId: chat.id } };
  expect(targetOf(asked)).toBe(`/chats/${chat.id}`);
});

test("what was on the screen when it came is noted, never backwards and never of another's chat", async () => {
  const chat = await makeChat(db);
  const { seq } = await say(db, chat.buyer, chat.id, "Is the bicycle still for sale?");
  const view = (viewer: { id: string }, at: number) =>
    markViewed(db, viewer, { chatId: chat.id, seq: at });
  expect(await view(chat.seller, 99)).toEqual({ viewed: true });
  expect(await view(chat.seller, 1)).toEqual({ viewed: true });
  expect(await view(await makeUser(db), seq)).toBeNull();
  const noted = await db.select().from(unreadNotices).where(eq(unreadNotices.chatId, chat.id));
  expect(noted).toMatchObject([{ userId: chat.seller.id, viewedSeq: seq }]);
  expect(await shown(chat.seller), "it is not read by that").toEqual(["message 1"]);
});
