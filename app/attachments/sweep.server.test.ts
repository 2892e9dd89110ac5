import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sendMessage } from "~/chats/send.server";
import type { Storage } from "~/storage/storage";
import { StorageError } from "~/storage/storage";
import { db, sql } from "~test/database";
import { makeChat, makeStaged } from "~test/factories";
import { holdOpen, makeInstance } from "~test/instances";
import { makeDiskStorage, storages } from "~test/storages";
import { objectKeys } from "./attachment";
import { storePicture } from "./stage.server";
import { sweepStaged } from "./sweep.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

const yesterday = () => new Date(Date.now() - 25 * 60 * 60 * 1000);

async function makePicture(storage: Storage, chat: TestChat, createdAt = yesterday()) {
  const { id } = await makeStaged(db, chat.buyer, chat.id, { createdAt });
  for (const key of Object.values(objectKeys(id))) await storage.put(key, Buffer.from("1"), "a/b");
  return id;
}

const trySending = ({ id: chatId, buyer }: TestChat, id: string) =>
  sendMessage(db, buyer, {
    chatId,
    clientId: randomUUID(),
    body: "",
    pictures: [{ id, alt: null }],
  });

/** What there is of a picture: its row and its objects. */
async function left(storage: Storage, id: string) {
  const rows = await sql`select 1 from attachments where id = ${id}`;
  const objects = [];
  for await (const { key } of storage.list(`attachments/${id}/`)) objects.push(key);
  return [rows.length, objects.length];
}

describe.for(storages)("the sweep (%s)", ([, make]) => {
  test("removes what no message took for a day, all of it, and nothing else", async () => {
    const [storage, chat] = [await make(), await makeChat(db)];
    const old = [await makePicture(storage, chat), await makePicture(storage, chat)];
    const neverStored = await makePicture(storage, chat);
    await sql`update attachments set stored_at = null where id = ${neverStored}`;
    const young = await makePicture(storage, chat, new Date());
    const taken = await makePicture(storage, chat);
    expect(await trySending(chat, taken)).toHaveProperty("message");
    const counts = await Promise.all([
      sweepStaged(db, storage),
      sweepStaged(makeInstance(), storage),
    ]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(3);
    for (const id of [...old, neverStored]) expect(await left(storage, id)).toEqual([0, 0]);
    for (const id of [young, taken]) expect(await left(storage, id)).toEqual([1, 2]);
    expect(await sweepStaged(db, storage)).toBe(0);
  });
});

test.each(["before", "after"])(
  "a sweep that ends %s the objects are removed is finished by the next",
  async (when) => {
    const { storage } = makeDiskStorage();
    const chat = await makeChat(db);
    const id = await makePicture(storage, chat);
    const breaking: Storage = {
      ...storage,
      remove: async (keys) => {
        if (when === "after") await storage.remove(keys);
        throw new StorageError("away", "Gone in the middle of it");
      },
    };
    await expect(sweepStaged(db, breaking)).rejects.toThrow("in the middle");
    expect(await left(storage, id)).toEqual([1, when === "after" ? 0 : 2]);
    // A message without its objects would be worse than one that was not sent.
    expect(await trySending(chat, id)).toEqual({ refused: "pictureGone" });
    expect(await sweepStaged(db, storage)).toBe(1);
    expect(await left(storage, id)).toEqual([0, 0]);
  },
);

test("what a message is just taking is left to it", async () => {
  const { storage } = makeDiskStorage();
  const chat = await makeChat(db);
  const id = await makePicture(storage, chat);
  const send = await holdOpen((tx) => tx`select 1 from attachments where id = ${id} for update`);
  expect(await sweepStaged(db, storage)).toBe(0);
  await send.commit();
  expect(await trySending(chat, id)).toHaveProperty("message");
  expect(await sweepStaged(db, storage)).toBe(0);
  expect(await left(storage, id)).toEqual([1, 2]);
});

test("sends and sweeps at once: every message has its objects, every other picture is gone", async () => {
  const { storage } = makeDiskStorage();
  const chat = await makeChat(db);
  const ids: string[] = [];
  for (let count = 0; count < 12; count += 1) ids.push(await makePicture(storage, chat));
  const [sent] = await Promise.all([
    Promise.all(ids.map((id) => trySending(chat, id))),
    sweepStaged(db, storage),
    sweepStaged(makeInstance(), storage),
  ]);
  await sweepStaged(db, storage);
  for (const [index, id] of ids.entries()) {
    const result = sent[index];
    expect(await left(storage, id)).toEqual(result && "message" in result ? [1, 2] : [0, 0]);
  }
});

test("a picture whose storing took longer than anybody waits is not stored after all", async () => {
  const { storage } = makeDiskStorage();
  const chat = await makeChat(db);
  const [full, thumbnail] = [Buffer.from("full"), Buffer.from("thumbnail")];
  const facts = {
    sha256: "0".repeat(64),
    width: 4,
    height: 3,
    thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  };
  const suspended: Storage = {
    ...storage,
    put: async (...put) => {
      await sql`update attachments set created_at = created_at - interval '25 hours'
        where chat_id = ${chat.id}`;
      await storage.put(...put);
    },
  };
  const picture = { full, thumbnail, ...facts, isAnimated: false };
  await expect(storePicture(db, suspended, chat.buyer, chat.id, picture)).rejects.toThrow(
    StorageError,
  );
  expect(await sweepStaged(db, storage)).toBe(1);
  const kept = await storePicture(db, storage, chat.buyer, chat.id, picture);
  expect(await left(storage, kept.id)).toEqual([1, 2]);
});
