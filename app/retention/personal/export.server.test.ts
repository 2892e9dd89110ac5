import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { fromBuffer, type ZipFile } from "yauzl";
import { objectKeys } from "~/attachments/attachment";
import { closeChat } from "~/chats/close.server";
import type { Db } from "~/db/client.server";
import { personalExports, users } from "~/db/schema";
import type { Storage } from "~/storage/storage";
import { db } from "~test/database";
import { makeChat, makeSanction, makeStaged, makeUser } from "~test/factories";
import { runJobs } from "~test/jobs";
import { meansOf, run as runRetention } from "~test/kept-chats";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { verifyTranscript } from "../../../bin/transcript/verify.mjs";
import { personalExportJob } from "./export-job.server";
import { openExport } from "./open-export.server";
import { listExports, requestExport } from "./request-export.server";

const hour = 60 * 60 * 1000;

/** Somebody's exports, made in a storage of the test's own. */
async function setUp(given: Partial<Storage> = {}) {
  const chat = await makeChat(db);
  const { storage: disk } = makeDiskStorage();
  const storage = { ...disk, ...given };
  const means = () => ({ storage, secret: "a secret that only tests know, 32+", operator: null });
  const jobs = { "personal-export": personalExportJob(means) };
  const ask = async () => {
    const asked = await requestExport(db, chat.buyer);
    return asked && "id" in asked ? asked.id : "";
  };
  const run = (exportId: string, now?: Date, mayFail = false) =>
    runJobs(db, { now, jobs, where: { exportId }, mayFail });
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of disk.list("exports/")) found.push(key);
    return found;
  };
  const open = (id: string, viewer = chat.buyer, now?: Date) =>
    openExport(db, storage, viewer, id, now);
  return { chat, disk, storage, jobs, ask, run, keys, open };
}

async function unzip(bytes: Buffer): Promise<Record<string, Buffer>> {
  const zip = (await promisify(fromBuffer as never)(bytes, { lazyEntries: true })) as ZipFile;
  const files: Record<string, Buffer> = {};
  await new Promise<void>((resolve, reject) => {
    zip.on("entry", (entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error || !stream) return reject(error);
        buffer(stream).then((content) => {
          files[entry.fileName] = content;
          zip.readEntry();
        }, reject);
      }),
    );
    zip.on("end", resolve).on("error", reject);
    zip.readEntry();
  });
  return files;
}

const bytesOf = async (opened: Awaited<ReturnType<typeof openExport>>) => {
  const parts: Buffer[] = [];
  for await (const part of opened?.parts ?? []) parts.push(part);
  return Buffer.concat(parts);
};

test("somebody gets what Parley keeps about him, his chats as signed copies and his pictures", async () => {
  const { chat, disk, ask, run, open } = await setUp();
  await db.update(users).set({ name: "Sally Seller" }).where(eq(users.id, chat.seller.id));
  await say(db, chat.buyer, chat.id, "Is the bicycle still there?");
  await say(db, chat.seller, chat.id, "Yes, come and look at it");
  await makeSanction(db, chat.buyer, { reason: "Rude to a seller" });
  const { id } = await makeStaged(db, chat.buyer, chat.id, { alt: "My old bicycle" });
  const hers = await makeStaged(db, chat.seller, chat.id);
  for (const picture of [id, hers.id]) {
    await disk.put(objectKeys(picture).full, Buffer.from(`picture ${picture}`), "image/webp");
  }
  const exportId = await ask();
  expect(await open(exportId)).toBeNull();
  await run(exportId);

  const opened = await open(exportId);
  const bytes = await bytesOf(opened);
  expect(bytes).toHaveLength(opened?.bytes ?? 0);
  const files = await unzip(bytes);
  const json = (name: string) => JSON.parse(String(files[`${name}.json`]));
  expect(String(files["README.txt"])).toContain("account.json");
  expect(json("account")).toMatchObject({ id: chat.buyer.id, name: "Somebody" });
  expect(json("sign-ins")).toHaveLength(1);
  expect(json("sanctions")).toMatchObject([{ kind: "warning", reason: "Rude to a seller" }]);
  expect(json("chats")).toMatchObject([{ id: chat.id, role: "buyer", title: "A red bicycle" }]);
  expect(json("pictures")).toMatchObject([{ id, alt: "My old bicycle" }]);
  expect(String(files[`pictures/${id}.webp`])).toBe(`picture ${id}`);
  expect(Object.keys(files)).not.toContain(`pictures/${hers.id}.webp`);
  const copy = files[`chats/${chat.id}.json`] ?? Buffer.alloc(0);
  expect(verifyTranscript(copy)).toMatchObject({ faults: [], broken: [] });
  expect(String(copy)).toContain("Is the bicycle still there?");
  expect(String(copy)).toContain("come and look at it");
  for (const content of Object.values(files)) expect(String(content)).not.toContain("Sally Seller");
  // No secret of the account leaves it.
  expect(Object.values(files).join("\n")).not.toMatch(/argon2|token_?hash|p256dh/i);
});

test("of an archived chat it says what it said before", async () => {
  const { chat, storage, ask, run, open } = await setUp();
  await say(db, chat.seller, chat.id, "The handlebar is as good as new");
  await closeChat(db, chat.buyer, chat.id);
  await runRetention(db, meansOf(storage), chat.id, "archive");
  const id = await ask();
  await run(id);
  const files = await unzip(await bytesOf(await open(id)));
  const file = files[`chats/${chat.id}.json`] ?? Buffer.alloc(0);
  expect(verifyTranscript(file)?.faults).toEqual([]);
  expect(file.toString()).toContain("The handlebar is as good as new");
});

test("it is for nobody else, and for nobody after 48 hours; then nothing of it is left", async () => {
  const { chat, ask, run, open, keys } = await setUp();
  const id = await ask();
  const now = new Date();
  await run(id, now);
  expect(await open(id, chat.seller)).toBeNull();
  expect(await open(id, await makeUser(db, { role: "admin" }))).toBeNull();
  const [before, after] = [47.9, 48.1].map((hours) => new Date(now.getTime() + hours * hour));
  expect(await open(id, chat.buyer, before)).not.toBeNull();
  expect(await open(id, chat.buyer, after)).toBeNull();
  expect(await listExports(db, chat.buyer, after)).toMatchObject([{ id, state: "gone" }]);
  await run(id, before);
  expect(await keys()).toHaveLength(1);
  await run(id, after);
  expect(await keys()).toEqual([]);
  const [row] = await db.select().from(personalExports).where(eq(personalExports.id, id));
  expect(row?.state).toBe("gone");
});

test("there is one at a time, however often it is asked for at once, and three a day", async () => {
  const { chat, ask, run } = await setUp();
  for (let round = 0; round < 3; round += 1) {
    const ids = new Set(await Promise.all([ask(), ask(), ask()]));
    expect(ids.size).toBe(1);
    for (const id of ids) await run(id);
  }
  expect(await requestExport(db, chat.buyer)).toMatchObject({ refused: "tooManyExports" });
  const yesterday = new Date(Date.now() - 25 * hour);
  await db
    .update(personalExports)
    .set({ requestedAt: yesterday })
    .where(eq(personalExports.userId, chat.buyer.id));
  expect(await ask()).not.toBe("");
});

test("one that is killed after any part is made anew, and leaves no object without a row", async () => {
  let left = 1;
  const { disk, chat, ask, run, open, keys, storage } = await setUp();
  storage.put = async (key, bytes, type) => {
    if (left === 0) throw new Error("killed");
    left -= 1;
    await disk.put(key, bytes, type);
  };
  // Two parts, because it does not get smaller by being packed.
  const { id: picture } = await makeStaged(db, chat.buyer, chat.id);
  const noise = Buffer.alloc(9 * 1024 * 1024, "noise");
  await disk.put(objectKeys(picture).full, noise, "image/webp");
  const id = await ask();
  await run(id, new Date(), true);
  expect(await keys()).toHaveLength(1);
  expect(await open(id)).toBeNull();
  left = 100;
  await run(id, new Date(Date.now() + hour));
  const files = await unzip(await bytesOf(await open(id)));
  expect(files[`pictures/${picture}.webp`]?.equals(noise)).toBe(true);
  const [row] = await db.select().from(personalExports).where(eq(personalExports.id, id));
  for (const key of await keys()) expect(key.startsWith(`${row?.objectKey}/`)).toBe(true);
});

test("what can never be made is given up, with nothing left of it, and counts for nothing", async () => {
  const { disk, ask, jobs, keys } = await setUp();
  const broken: Db = Object.create(db, {
    execute: { value: () => Promise.reject(new Error("away")) },
  });
  const id = await ask();
  const [row] = await db.select().from(personalExports).where(eq(personalExports.id, id));
  await disk.put(`${row?.objectKey}/000000.zip`, Buffer.from("half"), "application/zip");
  const signal = new AbortController().signal;
  const last = { now: new Date(), attempt: 16, isLastAttempt: true, signal };
  const given = jobs["personal-export"](broken, { exportId: id }, last);
  await expect(given).rejects.toThrow("away");
  expect(await keys()).toEqual([]);
  expect(await ask()).not.toBe(id);
});
