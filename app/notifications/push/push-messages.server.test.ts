import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { markRead } from "~/chats/positions.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { chatParticipants, pushSubscriptions, unreadNotices, users } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import { redactMessage } from "~/moderation/access/redacting.server";
import type { ChoicesDraft } from "~/notifications/choices";
import { defaultChoices } from "~/notifications/choices";
import { saveChoices } from "~/notifications/choices.server";
import { blockPerson } from "~/safety/blocks/block-person.server";
import { makeDispute } from "~test/cases";
import { db } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { runJobs } from "~test/jobs";
import { startPushService } from "~test/push-service";
import { say } from "~test/sending";
import { subscribe } from "./subscriptions.server";

const noon = new Date("2026-06-01T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

/** A chat in which the buyer has a device, and a push service that takes what comes. */
async function makeScene() {
  const [chat, service] = [await makeChat(db), await startPushService()];
  const browser = service.newBrowser();
  await put(chat.buyer, browser);
  await markRead(db, chat.buyer, { chatId: chat.id, seq: 1 });
  const target = { userId: chat.buyer.id, chatId: chat.id };
  const push = async (now = noon) => {
    await addJob(db, "push-messages", target, {
      key: `push:${target.userId}:${target.chatId}`,
      runAt: now,
    });
    await run(now);
  };
  /** What is due by then. */
  const run = (now: Date) =>
    runJobs(db, { now, only: ["push-messages", "push-read", "push-changed"], where: target });
  return { chat, service, browser, target, push, run, got: () => service.of(browser) };
}

async function put(viewer: Viewer, browser: { endpoint: string; p256dh: string; auth: string }) {
  expect(await subscribe(db, viewer, { ...browser, browser: "Chrome", system: "Android" })).toEqual(
    {
      done: true,
    },
  );
}

const choose = (viewer: Viewer, draft: Partial<ChoicesDraft>) =>
  saveChoices(db, viewer, { ...defaultChoices, ...draft });

test("a message is pushed, encrypted for its device, under the name of its chat", async () => {
  const { chat, service, push, got } = await makeScene();
  await db.update(users).set({ name: "Anna" }).where(eq(users.id, chat.seller.id));
  const { seq } = await say(db, chat.seller, chat.id, "Shall we meet at noon?");
  await push();
  const path = `/chats/${chat.id}`;
  expect(got()).toEqual([
    {
      kind: "messages",
      chatId: chat.id,
      seq,
      title: "Anna",
      body: "Shall we meet at noon?",
      path,
      tag: `chat-${chat.id}`,
      unread: 1,
      lang: "en",
    },
  ]);
  expect(service.taken[0]?.headers).toMatchObject({
    topic: chat.id.replaceAll("-", ""),
    ttl: "86400",
    urgency: "high",
    "content-encoding": "aes128gcm",
  });
});

test("the same messages are pushed once, however often it is asked for, and the next ones anew", async () => {
  const { chat, push, got } = await makeScene();
  await say(db, chat.seller, chat.id, "It is still there");
  await push();
  await push();
  expect(got()).toHaveLength(1);
  await say(db, chat.seller, chat.id, "And cheaper by now");
  await push();
  expect(got()).toHaveLength(2);
  expect(got()[1]).toMatchObject({ title: "Somebody (2 new)", body: "And cheaper by now" });
});

test("nothing is pushed of what was read meanwhile", async () => {
  const { chat, push, got } = await makeScene();
  const { seq } = await say(db, chat.seller, chat.id, "It is still there");
  await markRead(db, chat.buyer, { chatId: chat.id, seq });
  await push();
  expect(got()).toEqual([]);
});

test("nothing is pushed of what came while the chat was open and visible, read or not", async () => {
  const { chat, target, push, got } = await makeScene();
  const { seq } = await say(db, chat.seller, chat.id, "It is still there");
  await db.insert(unreadNotices).values({ ...target, viewedSeq: seq });
  await push();
  expect(got()).toEqual([]);
});

test("nothing is pushed of one's own messages, and of what a chat says of itself", async () => {
  const { chat, service } = await makeScene();
  const seller = service.newBrowser();
  await put(chat.seller, seller);
  const target = { userId: chat.seller.id, chatId: chat.id };
  // The seller has not seen yet that the chat was started, and wrote himself.
  await addJob(db, "push-messages", target, { runAt: noon });
  await runJobs(db, { now: noon, only: ["push-messages"], where: target });
  await say(db, chat.seller, chat.id, "Are you there?");
  await addJob(db, "push-messages", target, { runAt: noon });
  await runJobs(db, { now: noon, only: ["push-messages"], where: target });
  expect(service.of(seller)).toEqual([]);
});

test("nothing is pushed of what was taken back, also not beside what was not", async () => {
  const { chat, push, got } = await makeScene();
  const windowMs = 60_000;
  const first = await say(db, chat.seller, chat.id, "The first offer stands");
  const { seq } = await say(db, chat.seller, chat.id, "I should not have said this");
  await unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs });
  await push();
  expect(got()).toMatchObject([{ seq: first.seq, body: "The first offer stands" }]);
  const again = await say(db, chat.seller, chat.id, "Nor should I have said this");
  await unsendMessage(db, chat.seller, { chatId: chat.id, seq: again.seq, windowMs });
  await push();
  expect(got()).toHaveLength(1);
});

test("nothing is pushed of a muted chat until it is not muted any more", async () => {
  const { chat, push, got, target } = await makeScene();
  const mute = (until: string) =>
    db
      .update(chatParticipants)
      .set({ mutedUntil: sql`${until}::timestamptz` })
      .where(eq(chatParticipants.userId, target.userId));
  await say(db, chat.seller, chat.id, "It is still there");
  await mute("infinity");
  await push();
  await mute(later(60).toISOString());
  await push();
  expect(got()).toEqual([]);
  await push(later(61));
  expect(got()).toHaveLength(1);
});

test("nothing is pushed where one side blocks the other", async () => {
  const { chat, push, got } = await makeScene();
  await say(db, chat.seller, chat.id, "It is still there");
  await blockPerson(db, chat.buyer, chat.id);
  await push();
  expect(got()).toEqual([]);
});

test("nothing is pushed to who does not want it", async () => {
  const { chat, push, got } = await makeScene();
  const byKind = { ...defaultChoices.byKind, message: { push: false, mail: true } };
  await choose(chat.buyer, { byKind });
  await say(db, chat.seller, chat.id, "It is still there");
  await push();
  expect(got()).toEqual([]);
});

test("in quiet hours nothing is pushed, and at their end once what is unread by then", async () => {
  const { chat, push, run, got } = await makeScene();
  await choose(chat.buyer, { quiet: { from: 11 * 60, to: 14 * 60, timeZone: "UTC" } });
  await say(db, chat.seller, chat.id, "It is still there");
  await push();
  await say(db, chat.seller, chat.id, "Until this evening");
  await push(later(30));
  await run(later(119));
  expect(got()).toEqual([]);
  await run(later(121));
  expect(got()).toMatchObject([{ body: "Until this evening" }]);
  await run(later(300));
  expect(got()).toHaveLength(1);
});

test("nothing is pushed to who is not in the chat, or suspended", async () => {
  const { chat, service, push, got } = await makeScene();
  await say(db, chat.seller, chat.id, "It is still there");
  const stranger = await makeUser(db);
  const browser = service.newBrowser();
  await put(stranger, browser);
  const target = { userId: stranger.id, chatId: chat.id };
  await addJob(db, "push-messages", target, { runAt: noon });
  await runJobs(db, { now: noon, only: ["push-messages"], where: target });
  expect(service.of(browser)).toEqual([]);
  await makeSanction(db, chat.buyer, { kind: "ban" });
  await push();
  expect(got()).toEqual([]);
});

test("a push says as much as the person chose", async () => {
  const { chat, push, got } = await makeScene();
  await choose(chat.buyer, { pushContent: "sender" });
  await say(db, chat.seller, chat.id, "The first of the secrets");
  await push();
  await say(db, chat.seller, chat.id, "The second of the secrets");
  await push();
  await choose(chat.buyer, { pushContent: "nothing" });
  await say(db, chat.seller, chat.id, "The third of the secrets");
  await push();
  expect(got().map(({ title, body }) => [title, body])).toEqual([
    ["Somebody", "New message"],
    ["Somebody", "2 new messages"],
    ["Parley", "You have new messages."],
  ]);
  expect(JSON.stringify(got())).not.toContain("secret");
});

test("a long text is cut after a whole character, and fits into a push whatever it is made of", async () => {
  const { chat, push, got } = await makeScene();
  await db
    .update(users)
    .set({ name: "👩‍👩‍👧‍👦".repeat(28) })
    .where(eq(users.id, chat.seller.id));
  await say(db, chat.seller, chat.id, "word ".repeat(100));
  await push();
  await say(db, chat.seller, chat.id, `start ${"👩‍👩‍👧‍👦".repeat(300)}`);
  await push();
  const [words, people] = got();
  expect(words?.body).toBe(`${"word ".repeat(36).slice(0, 179).trimEnd()}…`);
  expect(people?.body).toMatch(/^start (👩‍👩‍👧‍👦)+…$/u);
});

test("all of a person's devices are pushed to, and what was taken by one is not pushed again for another", async () => {
  const { chat, service, browser, push, run } = await makeScene();
  const second = service.newBrowser();
  await put(chat.buyer, second);
  await say(db, chat.seller, chat.id, "It is still there");
  const pause = (endpoint: string, until: Date | null) =>
    db
      .update(pushSubscriptions)
      .set({ pausedUntil: until })
      .where(eq(pushSubscriptions.endpoint, endpoint));
  await pause(second.endpoint, later(10));
  await push();
  expect([service.of(browser).length, service.of(second).length]).toEqual([1, 0]);
  await run(later(11));
  expect([service.of(browser).length, service.of(second).length]).toEqual([1, 1]);
  await run(later(60));
  expect(service.taken).toHaveLength(2);
});

test("what one device shows is taken back when it is read, also while another cannot be reached", async () => {
  const { chat, service, browser, push, run } = await makeScene();
  const second = service.newBrowser();
  await put(chat.buyer, second);
  await db
    .update(pushSubscriptions)
    .set({ pausedUntil: new Date(Date.now() + 3_600_000) })
    .where(eq(pushSubscriptions.endpoint, second.endpoint));
  const { seq } = await say(db, chat.seller, chat.id, "It is still there");
  await push();
  await markRead(db, chat.buyer, { chatId: chat.id, seq });
  await run(new Date(Date.now() + 60_000));
  expect(service.of(browser)).toMatchObject([{ kind: "messages" }, { kind: "read", seq }]);
});

test("what was pushed and then read elsewhere is taken back, once and when all of it is read", async () => {
  const { chat, push, run, got } = await makeScene();
  const first = await say(db, chat.seller, chat.id, "It is still there");
  const second = await say(db, chat.seller, chat.id, "And cheaper by now");
  await push();
  await markRead(db, chat.buyer, { chatId: chat.id, seq: first.seq });
  await run(later(1));
  expect(got()).toHaveLength(1);
  await markRead(db, chat.buyer, { chatId: chat.id, seq: second.seq });
  await run(new Date(Date.now() + 60_000));
  const tag = `chat-${chat.id}`;
  expect(got().slice(1)).toMatchObject([{ kind: "read", tag, seq: second.seq }]);
  const third = await say(db, chat.seller, chat.id, "The last one");
  await markRead(db, chat.buyer, { chatId: chat.id, seq: third.seq });
  await run(new Date(Date.now() + 60_000));
  expect(got()).toHaveLength(2);
});

test("what was pushed and then unsent is replaced by what is left, and by nothing where that is all", async () => {
  const { chat, push, run, got } = await makeScene();
  const first = await say(db, chat.seller, chat.id, "The first offer stands");
  const second = await say(db, chat.seller, chat.id, "I should not have said this");
  await push();
  const unsend = ({ seq }: { seq: number }) =>
    unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs: 60_000 });
  await unsend(second);
  await run(new Date(Date.now() + 60_000));
  const taken = { kind: "read", tag: `chat-${chat.id}`, seq: second.seq };
  const rest = { title: "Somebody", body: "The first offer stands" };
  expect(got().slice(1)).toMatchObject([{ ...taken, rest }]);
  expect(JSON.stringify(got().slice(1))).not.toContain("should not");
  await unsend(first);
  await run(new Date(Date.now() + 60_000));
  expect(got().slice(2)).toMatchObject([taken]);
  expect(got()[2]).not.toHaveProperty("rest");
});

test("what was pushed and then removed by a moderator or reworded is not shown as it was", async () => {
  const { chat, push, run, got } = await makeScene();
  const { seq } = await say(db, chat.seller, chat.id, "The frist offer stands");
  await push();
  const body = "The first offer stands";
  await editMessage(db, chat.seller, { chatId: chat.id, seq, body, windowMs: 60_000 });
  await run(new Date(Date.now() + 60_000));
  expect(got().slice(1)).toMatchObject([{ kind: "read", rest: { body } }]);
  const moderator = await makeUser(db, { role: "moderator" });
  // Who opens a dispute has read his chat.
  await makeDispute(db, { ...chat, buyer: chat.seller });
  const reason = "An insult";
  expect(await redactMessage(db, moderator, { chatId: chat.id, seq, reason })).toMatchObject({
    message: { seq },
  });
  await run(new Date(Date.now() + 60_000));
  expect(got().slice(2)).toMatchObject([{ kind: "read", seq }]);
  expect(got()[2]).not.toHaveProperty("rest");
});

test("a message that is unsent while it is being pushed is taken back", async () => {
  const { chat, service, push, run, got } = await makeScene();
  const { seq } = await say(db, chat.seller, chat.id, "I should not have said this");
  const windowMs = 60_000;
  service.beforeAnswer = async () => {
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs });
  };
  await push();
  service.beforeAnswer = undefined;
  await run(new Date(Date.now() + 60_000));
  expect(got()).toMatchObject([{ kind: "messages" }, { kind: "read", seq }]);
});

test("who blocks somebody is shown nothing of that chat any more, and whoever is blocked cannot tell", async () => {
  const { chat, service, browser, push, run, got } = await makeScene();
  const seller = service.newBrowser();
  await put(chat.seller, seller);
  await say(db, chat.seller, chat.id, "It is still there");
  await push();
  await say(db, chat.buyer, chat.id, "I do not want it any more");
  const { seq } = await say(db, chat.seller, chat.id, "You will be sorry");
  await push();
  const toSeller = { userId: chat.seller.id, chatId: chat.id };
  await db.insert(unreadNotices).values({ ...toSeller, pushedSeq: seq });
  await blockPerson(db, chat.buyer, chat.id);
  await run(new Date(Date.now() + 60_000));
  await runJobs(db, { now: new Date(Date.now() + 60_000), where: toSeller });
  expect(got().at(-1)).toMatchObject({ kind: "read", seq, tag: `chat-${chat.id}` });
  expect(got().at(-1)).not.toHaveProperty("rest");
  expect(service.of(browser)).toHaveLength(3);
  expect(service.of(seller)).toEqual([]);
});

test("what was pushed and read, or never pushed, makes no push when it is unsent", async () => {
  const { chat, push, run, got } = await makeScene();
  const windowMs = 60_000;
  const read = await say(db, chat.seller, chat.id, "It is still there");
  await push();
  await markRead(db, chat.buyer, { chatId: chat.id, seq: read.seq });
  await run(new Date(Date.now() + 60_000));
  expect(got()).toHaveLength(2);
  const unpushed = await say(db, chat.seller, chat.id, "And cheaper by now");
  for (const { seq } of [read, unpushed]) {
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs });
  }
  await run(new Date(Date.now() + 60_000));
  expect(got()).toHaveLength(2);
});
