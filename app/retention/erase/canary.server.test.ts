import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { signIn } from "~/accounts/sign-in.server";
import { objectKeys } from "~/attachments/attachment";
import { closeChat } from "~/chats/close.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import { legalHolds, pushSubscriptions } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { addNote } from "~/moderation/disputes/notes.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { makeTranscript } from "~/moderation/transcripts/make.server";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { digestJob } from "~/notifications/mail/digest-job.server";
import { folderMailer } from "~/notifications/mail/folder-mailer.server";
import { fileReport } from "~/safety/reports/file-report.server";
import type { Storage } from "~/storage/storage";
import { db, sql } from "~test/database";
import { askToErase, eraseMeans, findInDatabase, findInStorage, nameCanary } from "~test/erasing";
import { makeSanction, makeStaged, makeSubject, makeUser, pay } from "~test/factories";
import { decide, makeFlag } from "~test/flags";
import { runJobs } from "~test/jobs";
import { keysBelow, later, run } from "~test/kept-chats";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { firstBroken } from "../../../bin/transcript/chain.mjs";
import { withArchived } from "../archive/archived-transcript.server";
import { personalExportJob } from "../personal/export-job.server";
import { requestExport } from "../personal/request-export.server";
import { erasePerson } from "./erase-person.server";

vi.setConfig({ testTimeout: 120_000 });

const { logged } = vi.hoisted(() => ({ logged: [] as string[] }));
vi.mock(import("~/operations/log.server"), async (load) => {
  const original = await load();
  const destination = { write: (line: string) => void logged.push(line) };
  return { ...original, log: original.makeLog({ level: "trace", format: "json", destination }) };
});

const hour = 3_600_000;
/** Stands in nothing but his own words. */
const fruits = { kept: "zzpapaya", removed: "zzmango" };

type Person = Awaited<ReturnType<typeof makeUser>>;
type Canary = { name: string; email: string; fruit: string };

/** A closed chat in which somebody did everything, and left name, address and words everywhere. */
async function talk(storage: Storage, buyer: Person, { name, email, fruit }: Canary) {
  const seller = await makeUser(db);
  const subject = await makeSubject(db, seller);
  await pay(db, subject);
  const started = await startChat(db, buyer, subject.reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  const { chatId } = started;
  const chat = { id: chatId, reference: subject.reference, buyer, seller };
  const mine = await say(db, buyer, chatId, `${name} here, write to ${email} about the ${fruit}`);
  await editMessage(db, buyer, {
    ...{ chatId, seq: mine.seq, windowMs: hour },
    body: `This is ${name}, at ${email.toUpperCase()}, about the ${fruit} jam`,
  });
  const unsent = await say(db, buyer, chatId, `The ${fruit} is for ${name} alone`);
  await unsendMessage(db, buyer, { chatId, seq: unsent.seq, windowMs: hour });
  const hers = await say(db, seller, chatId, `Hello ${name}, I shall write to ${email} then`);
  const { id } = await makeStaged(db, buyer, chatId, { sha256: "a".repeat(64) });
  for (const key of Object.values(objectKeys(id))) {
    await storage.put(key, Buffer.from(`picture of a ${fruit}`), "image/webp");
  }
  const alt = `${name} with a ${fruit}`;
  await sendMessage(db, buyer, {
    ...{ chatId, clientId: randomUUID(), body: `A ${fruit} to look at`, pictures: [{ id, alt }] },
  });
  const flag = await makeFlag(db, {
    chat,
    reason: { kind: "scam", action: "flag", words: [email, fruit] },
  });
  await decide(db, flag.id, { choice: "fine", statement: `Nothing wrong with ${name}` });
  const report = {
    chatId,
    reason: "spam",
    note: `${fruit}! ${name}, ${email}`,
    seq: hers.seq,
  } as const;
  await fileReport(db, buyer, report);
  for (const {
    id,
  } of await sql`select id from flags where chat_id = ${chatId} and status <> 'resolved'`) {
    await decide(db, id, { choice: "fine", statement: `Reported by ${name}` });
  }
  const opened = await openDispute(db, buyer, {
    ...{ chatId, reason: "not_received", wish: "refund" },
    statement: `The ${fruit} never came to ${name}, ${email}`,
  });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  const moderator = await makeUser(db, { role: "moderator" });
  await claimDispute(db, moderator, opened.disputeId);
  await addNote(db, moderator, opened.disputeId, `${name} was called at ${email}`);
  await openPrivateThread(db, moderator, { chatId, side: "buyer" });
  await writeInCase(db, moderator, {
    ...{ chatId, to: "buyer", clientId: randomUUID(), body: `Dear ${name}, please tell us more` },
  });
  const text = `Dear ${name}, the money goes back`;
  await decideDispute(db, moderator, opened.disputeId, { outcome: "buyer", text });
  await closeChat(db, buyer, chatId);
  return chat;
}

/** All else that names somebody: beside his chats. */
async function live(
  storage: Storage,
  person: Person,
  seller: Person,
  { name, email, fruit }: Canary,
) {
  const answer = {
    appealDecidedBy: seller.id,
    appealDecidedAt: new Date(),
    appealAnswer: `No, ${name}`,
  };
  await makeSanction(db, person, {
    ...{
      reason: `${name} was rude`,
      appeal: `I never said ${fruit}, ${name}`,
      appealedAt: new Date(),
    },
    ...answer,
  });
  const hold = {
    placedBy: seller.id,
    reason: `A court asked about ${name}`,
    endsAt: new Date(Date.now() + hour),
  };
  await db.insert(legalHolds).values({ ...hold, userId: person.id });
  await makeSubject(db, person);
  await sql`update subjects set title = ${`The bicycle of ${name}`} where seller_id = ${person.id}`;
  await signIn(db, { email, password: "a wrong one", address: "192.0.2.9" });
  await db.insert(pushSubscriptions).values({
    ...{ userId: person.id, sessionId: person.sessionId, p256dh: "x", auth: "y" },
    endpoint: `https://push.example/${email}`,
  });
  const means = eraseMeans(storage);
  for (const one of [person, seller]) await requestExport(db, one);
  await runJobs(db, {
    only: ["personal-export"],
    jobs: { "personal-export": personalExportJob(() => means) },
  });
  await addJob(db, "mail-digest", { userId: seller.id }, { key: "a dead one", runAt: later });
  await sql`update graphile_worker._private_jobs set last_error = ${`550 no ${email}`}
    where key = 'a dead one'`;
}

/** Mails that name him, as a demo writes them into a folder. */
async function mail(person: Person, canary: Canary) {
  const folder = mkdtempSync(join(tmpdir(), "parley-mails-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const reader = await makeUser(db);
  const { reference } = await makeSubject(db, reader);
  const started = await startChat(db, person, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  await say(
    db,
    person,
    started.chatId,
    `It is ${canary.name} with a question about ${canary.fruit}`,
  );
  await addJob(db, "mail-digest", { userId: reader.id });
  const mailer = folderMailer({ folder, from: "Parley <parley@demo.test>" });
  const jobs = { "mail-digest": digestJob(() => mailer) };
  const now = new Date(Date.now() + 10 * 60_000);
  await runJobs(db, { now, only: ["mail-digest"], where: { userId: reader.id }, jobs });
  const mails = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return { folder, mails };
}

test.each(["kept", "removed"] as const)(
  "when messages are %s, nothing anywhere names who is erased",
  async (messages) => {
    await sql`insert into retention_settings (erased_messages) values (${messages})
      on conflict ("only") do update set erased_messages = excluded.erased_messages`;
    logged.length = 0;
    const { storage } = makeDiskStorage();
    const person = await makeUser(db);
    const named = await nameCanary(db, person);
    const fruit = fruits[messages];
    const canary = { ...named, fruit };
    const [archived, open] = [
      await talk(storage, person, canary),
      await talk(storage, person, canary),
    ];
    await sql`update disputes set appeal_until = now() - interval '1 hour'
      where opened_by = ${person.id}`;
    await run(db, eraseMeans(storage), archived.id, "archive");
    await live(storage, person, open.seller, canary);
    const { folder, mails } = await mail(person, canary);
    const names = Object.values(named);
    const before = new Set((await findInDatabase(db, names)).map((row) => row.split(":")[0]));
    expect([...before].length).toBeGreaterThan(12);
    expect(await findInStorage(storage, names)).toHaveLength(2);
    expect(mails().length).toBeGreaterThan(0);

    await askToErase(db, person.id);
    const means = eraseMeans(storage, { mailFolder: folder });
    expect(await erasePerson(db, means, person.id, later)).toBe("done");
    const words = messages === "removed" ? [...names, fruit] : names;
    expect(await findInDatabase(db, words)).toEqual([]);
    expect(await findInStorage(storage, words)).toEqual([]);
    expect(await keysBelow(storage, "exports/")).toEqual([]);
    expect(mails().filter((mail) => names.some((name) => mail.includes(name)))).toEqual([]);
    expect(logged.filter((line) => names.some((name) => line.includes(name)))).toEqual([]);
    // By its number alone, for who brings back an old backup.
    expect(logged.join("")).toMatch(
      new RegExp(`"userId":"${person.id}".*"msg":"an account is erased"`),
    );

    // What is left is what it was, as far as it is left: each chain and each end that was noted.
    for (const { id } of [archived, open]) {
      const rows = await readTranscriptRows(db, id);
      if (!rows) throw new Error("There is no such chat");
      const making = {
        exportedAt: later.toISOString(),
        exportedBy: null,
        caseId: null,
        operator: null,
      };
      const transcript = await makeTranscript(await withArchived(db, storage, rows), making);
      expect(firstBroken(id, transcript.messages)).toBeNull();
      expect(transcript.checkpoints.length).toBeGreaterThan(1);
      expect(transcript.checkpoints.filter(({ matches }) => !matches)).toEqual([]);
      expect(transcript.threads).toHaveLength(1);
      for (const thread of transcript.threads) {
        expect(firstBroken(thread.chatId, thread.messages)).toBeNull();
      }
    }
  },
);
