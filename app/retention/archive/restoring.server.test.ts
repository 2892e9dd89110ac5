import { expect, test, vi } from "vitest";
import { closeChat } from "~/chats/close.server";
import { appealFlag } from "~/moderation/flags/appeal-flag.server";
import { lookAtFlag } from "~/moderation/flags/look.server";
import { fileReport } from "~/safety/reports/file-report.server";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { decide, makeFlag, makeReport } from "~test/flags";
import { runJobs } from "~test/jobs";
import { later, makeLongChat, meansOf, run } from "~test/kept-chats";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import type { Means } from "../means";
import { archiveChat } from "./archive.server";
import { restoreForReason, restoreJob } from "./ask-for-restore.server";

vi.setConfig({ testTimeout: 60_000 });

const statusOf = async (id: string) =>
  (await sql`select status from chats where id = ${id}`)[0]?.status;

const bringBack = (means: Means, chatId: string) =>
  runJobs(db, {
    jobs: { "restore-chat": restoreJob(() => ({ means })) },
    only: ["restore-chat"],
    where: { chatId },
  });

test("an appeal is taken at once, brings its chat back for whoever decides it, and holds it", async () => {
  const means = meansOf(makeDiskStorage().storage);
  const chat = await makeChat(db);
  for (const body of ["Is it still there?", "It is a nice colour", "I would take it"]) {
    await say(db, chat.buyer, chat.id, body);
  }
  const flag = await makeFlag(db, { chat });
  await makeReport(db, flag.id, chat.seller);
  await decide(db, flag.id, { choice: "fine" });
  await closeChat(db, chat.buyer, chat.id);
  await run(db, means, chat.id, "archive");
  expect(await statusOf(chat.id)).toBe("archived");
  const text = "Please look at it again";
  expect(await appealFlag(db, chat.seller, { id: flag.id, text })).toEqual({ appealed: true });
  await bringBack(means, chat.id);
  expect(await statusOf(chat.id)).toBe("closed");
  const [appeal] = await sql`select id from flags where appeal_of = ${flag.id}`;
  const moderator = await makeUser(db, { role: "moderator" });
  const view = await lookAtFlag(db, moderator, appeal?.id);
  expect(view?.messages?.length).toBeGreaterThan(3);
  expect((await run(db, means, chat.id, "archive")).outcome).toBe("held");
});

test("a moderator brings a chat back with a reason, once however often he asks, and no party to it does", async () => {
  const means = meansOf(makeDiskStorage().storage);
  const chat = await makeLongChat(db, 10);
  const moderator = await makeUser(db, { role: "moderator" });
  const ask = { chatId: chat.id, reason: "The buyer asked for it" };
  const asked = () =>
    sql`select actor_id, details::jsonb ->> 'reason' as reason from audit_log
      where action = 'chat.restore_asked' and chat_id = ${chat.id}`;
  expect(await restoreForReason(db, moderator, ask)).toEqual({ asked: true });
  expect(await asked()).toHaveLength(0);
  await run(db, means, chat.id, "archive");
  expect(await restoreForReason(db, chat.buyer, ask)).toBeNull();
  expect(await restoreForReason(db, { ...chat.seller, role: "moderator" }, ask)).toBeNull();
  await sql`update users set role = 'moderator' where id = ${chat.seller.id}`;
  expect(await restoreForReason(db, chat.seller, ask)).toEqual({ refused: "party" });
  await Promise.all([1, 2].map(() => restoreForReason(db, moderator, ask)));
  expect(await asked()).toEqual([1, 2].map(() => ({ actor_id: moderator.id, reason: ask.reason })));
  await bringBack(means, chat.id);
  expect(await statusOf(chat.id)).toBe("closed");

  await run(db, means, chat.id, "archive");
  await sql`update chat_archives set state = 'deleting' where chat_id = ${chat.id}`;
  expect(await restoreForReason(db, moderator, ask)).toEqual({ refused: "deleting" });
});

test("a report and an archive at once: either the chat stays for it, or it is asked for", async () => {
  const means = meansOf(makeDiskStorage().storage);
  for (let n = 0; n < 6; n += 1) {
    const chat = await makeLongChat(db, 6);
    const report = () => fileReport(db, chat.buyer, { chatId: chat.id, reason: "scam", seq: 3 });
    let filed: ReturnType<typeof report> | undefined;
    const between = async (step: string) => {
      if (step === "checked") filed = report();
      // Now and then it comes a little earlier than what makes the chat go.
      if (step === "checked" && n % 2) await sql`select pg_sleep(0.005)`;
    };
    const { outcome } = await archiveChat(db, { ...means, between }, chat.id, later);
    const came = await filed;
    if (outcome === "archived") expect(came).toEqual({ refused: "reportArchived" });
    else expect([outcome, came]).toMatchObject(["held", { isNew: true }]);
  }
});
