import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { notifications } from "~/db/schema";
import { type ChoicesDraft, defaultChoices } from "~/notifications/choices";
import { saveChoices } from "~/notifications/choices.server";
import { raiseNotifications } from "~/notifications/raise.server";
import { db } from "~test/database";
import { makeChat, makeSanction } from "~test/factories";
import { runJobs } from "~test/jobs";
import { startPushService } from "~test/push-service";
import { subscribe } from "./subscriptions.server";

/** The buyer of a chat, who has a device, and news of a case for him. */
async function makeScene() {
  const [chat, service] = [await makeChat(db), await startPushService()];
  const person = chat.buyer;
  const browser = service.newBrowser();
  await subscribe(db, person, { ...browser, browser: null, system: null });
  const draft = {
    userId: person.id,
    kind: "case",
    subjectId: randomUUID(),
    data: { what: "opened", chatId: chat.id },
  } as const;
  const raise = async () => {
    await db.transaction((tx) => raiseNotifications(tx, [draft]));
    const [raised] = await db
      .select({ id: notifications.id })
      .from(notifications)
      .where(eq(notifications.userId, person.id));
    return raised?.id ?? "";
  };
  const run = (notificationId: string, now = new Date()) =>
    runJobs(db, { now, only: ["push-notification"], where: { notificationId } });
  return { chat, person, service, draft, raise, run, got: () => service.of(browser) };
}

const choose = (person: { id: string }, draft: Partial<ChoicesDraft>) =>
  saveChoices(db, person, { ...defaultChoices, ...draft });

test("news are pushed once, and lead to what they are about", async () => {
  const { chat, service, draft, raise, run, got } = await makeScene();
  const id = await raise();
  await run(id);
  await run(id);
  expect(got()).toMatchObject([
    {
      kind: "notification",
      notificationId: id,
      title: "A dispute was opened about “A red bicycle”",
      path: `/chats/${chat.id}/dispute`,
      tag: `news-${draft.subjectId}`,
    },
  ]);
  expect(service.taken[0]?.headers.topic).toBe(draft.subjectId.replaceAll("-", ""));
});

test("news of something with a name of the strangest characters fit into a push", async () => {
  const { chat, service, raise, run, got } = await makeScene();
  const title = `A${"\u0301".repeat(39)}`.repeat(60);
  await db.execute(sql`
    update subjects set title = ${title} where id = (select subject_id from chats where id = ${chat.id})`);
  await run(await raise());
  expect(got()).toHaveLength(1);
  // So much is taken by every push service (RFC 8030, 7.2).
  expect(Number(service.taken[0]?.headers["content-length"])).toBeLessThanOrEqual(4_096);
});

test("what was read in the notification centre meanwhile is not pushed", async () => {
  const { raise, run, got } = await makeScene();
  const id = await raise();
  await db.update(notifications).set({ readAt: sql`now()` }).where(eq(notifications.id, id));
  await run(id);
  expect(got()).toEqual([]);
});

test("news say nothing of what they are about where the person chose so", async () => {
  const { person, raise, run, got } = await makeScene();
  await choose(person, { pushContent: "nothing" });
  await run(await raise());
  expect(got()).toMatchObject([
    { title: "Parley", body: "You have a new notification.", path: "/notifications" },
  ]);
});

test("news that the person wants no pushes of are not pushed", async () => {
  const { person, raise, run, got } = await makeScene();
  await choose(person, { byKind: { ...defaultChoices.byKind, case: { push: false, mail: true } } });
  await run(await raise());
  expect(got()).toEqual([]);
});

test("news wait for the end of quiet hours", async () => {
  const { person, raise, run, got } = await makeScene();
  const day = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  await choose(person, { quiet: { from: 22 * 60, to: 7 * 60, timeZone: "UTC" } });
  const id = await raise();
  await run(id, new Date(`${day}T23:00:00Z`));
  expect(got()).toEqual([]);
  const next = new Date(Date.parse(`${day}T07:01:00Z`) + 24 * 3_600_000);
  await run(id, next);
  expect(got()).toHaveLength(1);
});

test("a device whose service is away gets its news when it is back, the others not again", async () => {
  const { person, service, raise, run, got } = await makeScene();
  const id = await raise();
  service.answer = { status: 503, headers: { "Retry-After": "600" } };
  await run(id);
  service.answer = undefined;
  const second = service.newBrowser();
  await subscribe(db, person, { ...second, browser: null, system: null });
  await run(id, new Date(Date.now() + 11 * 60_000));
  expect([got().length, service.of(second).length]).toEqual([1, 1]);
  await run(id, new Date(Date.now() + 60 * 60_000));
  expect(service.taken).toHaveLength(2);
});

test("who is locked out is told of nothing that no page would show him", async () => {
  const { person, raise, run, got } = await makeScene();
  await makeSanction(db, person, { kind: "ban" });
  await run(await raise());
  expect(got()).toEqual([]);
});
