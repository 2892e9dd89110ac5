import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import PostalMime from "postal-mime";
import { expect, onTestFinished, test } from "vitest";
import { notifications, users } from "~/db/schema";
import { defaultChoices } from "~/notifications/choices";
import { saveChoices } from "~/notifications/choices.server";
import { caseNews, type NotificationKind } from "~/notifications/notification";
import { type NotificationDraft, raiseNotifications } from "~/notifications/raise.server";
import { db } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { runJobs } from "~test/jobs";
import { header, mailerTo, startMailServer } from "~test/mail-server";
import { folderMailer } from "./folder-mailer.server";
import type { Mailer } from "./mailer.server";
import { newsJob } from "./news-job.server";

type Told = Pick<NotificationDraft, "kind" | "data"> & { subjectId?: string };

async function tell(userId: string, told: Told) {
  const draft = { subjectId: crypto.randomUUID(), ...told, userId };
  await db.transaction((tx) => raiseNotifications(tx, [draft]));
  const [row] = await db
    .select()
    .from(notifications)
    .where(and(eq(notifications.userId, userId), eq(notifications.subjectId, draft.subjectId)));
  if (!row) throw new Error("Nothing was told");
  return row.id;
}

const run = (mailer: Mailer, notificationId: string, now = new Date()) =>
  runJobs(db, {
    now,
    only: ["mail-notification"],
    where: { notificationId },
    jobs: { "mail-notification": newsJob(() => mailer) },
    mayFail: true,
  });

test("whatever somebody can be told of is said in a mail of its own, with a link to where it stands", async () => {
  const { id: chatId, buyer } = await makeChat(db);
  const { id: sanctionId } = await makeSanction(db, buyer, {
    reason: "You <b>asked</b> for money",
  });
  const server = await startMailServer();
  const mailer = mailerTo(server);
  const all: [Told, says: string, path: string][] = [
    ...caseNews.map((what): [Told, string, string] => [
      { kind: "case", data: { what, chatId } },
      "A red bicycle",
      `/chats/${chatId}/dispute`,
    ]),
    [
      { kind: "sanction", subjectId: sanctionId, data: { what: "imposed" } },
      "You <b>asked</b> for money",
      `/sanctions#${sanctionId}`,
    ],
    [{ kind: "sanction", data: { what: "lifted" } }, "holds no more", "/sanctions#"],
    [{ kind: "sanction", data: { what: "appealDecided" } }, "looked at your appeal", "/sanctions#"],
    [{ kind: "removal", data: { what: "removed", chatId } }, "A red bicycle", "/sanctions#"],
    [{ kind: "removal", data: { what: "restored", chatId } }, "can be read there", "/sanctions#"],
    [{ kind: "removal", data: { what: "appealDecided", chatId } }, "A red bicycle", "/sanctions#"],
    [
      { kind: "sign_in", data: { what: "newDevice", browser: "Firefox", system: "Windows" } },
      "Firefox on Windows",
      "/settings",
    ],
  ];
  for (const [told, says, path] of all) {
    await run(mailer, await tell(buyer.id, told));
    const mail = server.mails.at(-1);
    expect(mail?.text, says).toContain(says);
    expect(mail?.text).toContain(`http://localhost:3000${path}`);
    expect(mail?.subject).not.toMatch(/[{}]|undefined/);
    expect(mail?.html).not.toContain("<b>asked");
    // What cannot be turned off offers nothing that would.
    const isRefusable = told.kind === "sign_in";
    expect(mail && header(mail, "List-Unsubscribe") !== undefined).toBe(isRefusable);
  }
  expect(server.mails).toHaveLength(all.length);
});

test("news of cases, sanctions and removals are mailed whatever is chosen, in quiet hours, and read or not", async () => {
  const { id: chatId, buyer } = await makeChat(db);
  const byKind = Object.fromEntries(
    Object.keys(defaultChoices.byKind).map((kind) => [kind, { push: false, mail: false }]),
  ) as typeof defaultChoices.byKind;
  const quiet = { from: 0, to: 1439, timeZone: "UTC" };
  await saveChoices(db, buyer, { ...defaultChoices, byKind, quiet });
  const server = await startMailServer();
  const mailer = mailerTo(server);
  const kinds: [NotificationKind, Told["data"], mailed: boolean][] = [
    ["case", { what: "decided", chatId }, true],
    ["sanction", { what: "lifted" }, true],
    ["removal", { what: "removed", chatId }, true],
    ["report", { what: "decided", chatId }, false],
    ["sign_in", { what: "newDevice", browser: null, system: null }, false],
  ];
  for (const [kind, data, isMailed] of kinds) {
    const before = server.mails.length;
    const id = await tell(buyer.id, { kind, data });
    await db.update(notifications).set({ readAt: new Date() }).where(eq(notifications.id, id));
    await run(mailer, id);
    expect([kind, server.mails.length - before]).toEqual([kind, isMailed ? 1 : 0]);
  }
});

test("what came of a report is mailed to who chose it, unless it was read", async () => {
  const { id: chatId, buyer } = await makeChat(db);
  const byKind = { ...defaultChoices.byKind, report: { push: true, mail: true } };
  await saveChoices(db, buyer, { ...defaultChoices, byKind });
  const server = await startMailServer();
  const mailer = mailerTo(server);
  const told: Told = { kind: "report", data: { what: "decided", chatId } };
  const read = await tell(buyer.id, told);
  await db.update(notifications).set({ readAt: new Date() }).where(eq(notifications.id, read));
  await run(mailer, read);
  expect(server.mails).toEqual([]);
  await run(mailer, await tell(buyer.id, told));
  expect(server.mails[0]?.text).toContain("http://localhost:3000/reports");
});

test("a job that runs twice, or whose mail is put off, mails once", async () => {
  const { id: chatId, buyer } = await makeChat(db);
  const server = await startMailServer();
  const mailer = mailerTo(server);
  const id = await tell(buyer.id, { kind: "case", data: { what: "opened", chatId } });
  server.toMessage = () => ({ code: 451, text: "4.3.0 Try again later" });
  expect((await run(mailer, id))[0]?.error).toBeInstanceOf(Error);
  server.toMessage = () => null;
  await run(mailer, id, new Date(Date.now() + 60_000));
  const context = { now: new Date(), attempt: 2, isLastAttempt: false };
  const signal = new AbortController().signal;
  await newsJob(() => mailer)(db, { notificationId: id }, { ...context, signal });
  expect(server.mails).toHaveLength(1);
});

test("without a mail server a demo has each mail as one file that mail programs open", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-mail-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const mailer = folderMailer({ folder, from: "Parley <parley@localhost>" });
  const { id: userId } = await makeUser(db, { name: "Ada Buyer" });
  await db.update(users).set({ name: "Ada\u202e Buyer" }).where(eq(users.id, userId));
  const id = await tell(userId, { kind: "sanction", data: { what: "lifted" } });
  await run(mailer, id);
  const files = await readdir(folder);
  expect(files).toEqual([expect.stringMatching(/^[\da-f]{40}\.eml$/)]);
  const mail = await PostalMime.parse(await readFile(join(folder, files[0] ?? "")));
  expect(mail.subject).toBe("A decision about you was lifted");
  expect(mail.to?.[0]?.name).toBe("Ada Buyer");
});
