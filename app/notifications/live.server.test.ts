import { expect, onTestFinished, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { notificationClocks, notifications } from "~/db/schema";
import { databaseUrl, db } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeChat, makeUser } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { markNotificationsRead } from "./mark-read.server";
import { raiseNotifications } from "./raise.server";

const poll = { timeout: 20_000 };

const tell = (userId: string, subjectId: string = crypto.randomUUID()) =>
  db.transaction((tx) =>
    raiseNotifications(tx, [{ userId, kind: "sanction", subjectId, data: { what: "imposed" } }]),
  );

/** What of notifications a stream told, as `created 1` and so on: the event and how many are unread. */
const told = ({ events }: EventReader) =>
  events
    .filter(({ event }) => event.startsWith("notification."))
    .map(({ event, data }) => `${event.split(".")[1]} ${data.unread}`);

const signedIn = ({ id }: Pick<Viewer, "id">) => ({ id, sessionId: "session" });

test("a notification reaches every stream of its person on any instance, and nobody else's", async () => {
  const [one, other] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(db, databaseUrl),
  ];
  const [person, stranger] = [await makeUser(db), await makeUser(db)];
  const here = await one.open(signedIn(person));
  const there = await other.open(signedIn(person));
  const strange = await one.open(signedIn(stranger));
  for (const reader of [here, there, strange]) await reader.start();
  await tell(person.id);
  await expect.poll(() => [told(here), told(there)], poll).toEqual([["created 1"], ["created 1"]]);
  const [created] = here.named("notification.created");
  expect(created?.data.notification).toMatchObject({
    kind: "sanction",
    data: { what: "imposed" },
    version: 1,
    readAt: null,
  });
  await markNotificationsRead(db, person, { asOf: 99 });
  await expect.poll(() => told(there), poll).toEqual(["created 1", "read 0"]);
  expect(told(strange)).toEqual([]);
});

test("a stream that was cut resumes after the last notification that it had, on another instance", async () => {
  const [one, other] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(db, databaseUrl),
  ];
  const { id: chatId, buyer, seller } = await makeChat(db);
  const first = await one.open(signedIn(seller));
  await first.start();
  await tell(seller.id);
  await expect.poll(() => told(first), poll).toEqual(["created 1"]);
  first.cut();
  const subject = crypto.randomUUID();
  await tell(seller.id, subject);
  await say(db, buyer, chatId, "Is the lamp still there?");
  await markNotificationsRead(db, seller, { kind: "sanction", subjectId: subject });
  await tell(seller.id);
  const again = await other.open(signedIn(seller), first.lastId);
  await expect.poll(() => told(again), poll).toEqual(["created 2", "read 2", "created 2"]);
  await expect.poll(() => again.named("message.created").length, poll).toBe(1);
  // And from there on nothing comes a second time.
  again.cut();
  const third = await one.open(signedIn(seller), again.lastId);
  await third.start();
  await tell(seller.id);
  await expect.poll(() => told(third), poll).toEqual(["created 3"]);
});

test("a notification whose news was lost on its way is found by looking", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const person = await makeUser(db);
  const reader = await server.open(signedIn(person));
  await reader.start();
  // The rows alone, without a word to anybody.
  const { id: userId } = person;
  await db.transaction(async (tx) => {
    await tx.insert(notificationClocks).values({ userId, version: 1 });
    const data = { what: "decided" as const, chatId: crypto.randomUUID() };
    const about = { kind: "report" as const, subjectId: crypto.randomUUID(), data };
    await tx.insert(notifications).values({ userId, ...about, version: 1 });
  });
  await expect.poll(() => told(reader), poll).toEqual(["created 1"]);
});

test("twenty at once reach a stream in the order of their numbers, each once", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const person = await makeUser(db);
  const reader = await server.open(signedIn(person));
  await reader.start();
  await Promise.all(Array.from({ length: 20 }, () => tell(person.id)));
  await expect.poll(() => told(reader).length, poll).toBe(20);
  const versions = reader
    .named("notification.created")
    .map(({ data }) => (data.notification as { version: number }).version);
  expect(versions).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  await server.live.catchUp();
  expect(told(reader)).toHaveLength(20);
  onTestFinished(() => expect(server.errors).toEqual([]));
});
