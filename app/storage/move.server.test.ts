import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { makeDiskStorage, storages } from "~test/storages";
import { copyObjects } from "./move.server";
import { type Storage, StorageError } from "./storage";

const keys = Array.from({ length: 12 }, (_, index) => `attachments/${index}/full.webp`).sort();

async function fill(storage: Storage) {
  for (const key of keys) await storage.put(key, Buffer.from(`picture ${key}`), "image/webp");
}

async function contents(storage: Storage) {
  const found: Record<string, string> = {};
  for await (const { key } of storage.list("")) {
    const object = await storage.get(key);
    if (object) found[key] = await text(object.stream);
  }
  return found;
}

const everything = Object.fromEntries(keys.map((key) => [key, `picture ${key}`]));

describe.for(storages)("moving from disk to another storage (%s) and back", ([, make]) => {
  test("brings all over, and again nothing", async () => {
    const { storage: disk } = makeDiskStorage();
    const other = await make();
    await fill(disk);
    // Half of an object of the same name is not the object.
    await other.put(keys[3] ?? "", Buffer.from("half"), "image/webp");
    expect(await copyObjects(disk, other)).toMatchObject({ copied: 12, there: 0, failed: [] });
    expect(await contents(other)).toEqual(everything);
    expect(await copyObjects(disk, other)).toMatchObject({ copied: 0, there: 12, bytes: 0 });
    const { storage: back } = makeDiskStorage();
    await copyObjects(other, back);
    expect(await contents(back)).toEqual(everything);
    expect(await contents(disk)).toEqual(everything);
  });
});

test("a move that is interrupted goes on where it was, and says what it could not copy", async () => {
  const [{ storage: from }, { storage: to }] = [makeDiskStorage(), makeDiskStorage()];
  await fill(from);
  let puts = 0;
  const full = new StorageError("full", "No room");
  const limited: Storage = {
    ...to,
    put: async (...put) => {
      puts += 1;
      if (puts > 5) throw full;
      await to.put(...put);
    },
  };
  const first = await copyObjects(from, limited);
  expect(first).toMatchObject({ copied: 5, there: 0 });
  expect(first.failed).toHaveLength(7);
  expect(first.failed[0]).toMatchObject({ error: full });
  expect(await copyObjects(from, to)).toMatchObject({ copied: 7, there: 5, failed: [] });
  expect(await contents(to)).toEqual(everything);
});

test("what is added and removed meanwhile does no harm", async () => {
  const [{ storage: from }, { storage: to }] = [makeDiskStorage(), makeDiskStorage()];
  await fill(from);
  const changing: Storage = {
    ...from,
    get: async (key) => {
      await from.remove(keys.slice(-1));
      await from.put("attachments/0/added.webp", Buffer.from("new"), "image/webp");
      return from.get(key);
    },
  };
  expect(await copyObjects(changing, to)).toMatchObject({ failed: [] });
  await copyObjects(from, to);
  expect(await contents(to)).toEqual({ ...(await contents(from)) });
});
