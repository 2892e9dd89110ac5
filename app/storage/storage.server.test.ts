import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { storages } from "~test/storages";
import { isKey, RangeNotSatisfiable, type Storage } from "./storage";

const bytes = (text: string) => Buffer.from(text);

async function read(storage: Storage, key: string, range?: { first: number; last?: number }) {
  const object = await storage.get(key, range);
  return object && { ...object, stream: (await buffer(object.stream)).toString() };
}

async function keysOf(storage: Storage, prefix: string, after?: string) {
  const keys: string[] = [];
  for await (const { key } of storage.list(prefix, after)) keys.push(key);
  return keys;
}

describe.for(storages)("a storage (%s)", ([, make]) => {
  test("gives back what was put, byte for byte, and the newest of the same key", async () => {
    const storage = await make();
    const everyByte = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    await storage.put("a/one.webp", bytes("first"), "image/webp");
    await storage.put("a/one.webp", everyByte, "image/webp");
    const object = await storage.get("a/one.webp");
    expect(object).toMatchObject({ bytes: 70_000, first: 0, last: 69_999 });
    expect(object && (await buffer(object.stream)).equals(everyByte)).toBe(true);
    await storage.put("a/empty", new Uint8Array(), "text/plain");
    expect(await read(storage, "a/empty")).toMatchObject({ stream: "", bytes: 0 });
  });

  test("gives the part that is asked for, and what there is of it", async () => {
    const storage = await make();
    await storage.put("a/text", bytes("0123456789"), "text/plain");
    const part = (first: number, last?: number) => read(storage, "a/text", { first, last });
    expect(await part(2, 4)).toEqual({ stream: "234", bytes: 10, first: 2, last: 4 });
    expect(await part(0, 0)).toEqual({ stream: "0", bytes: 10, first: 0, last: 0 });
    expect(await part(8)).toEqual({ stream: "89", bytes: 10, first: 8, last: 9 });
    expect(await part(8, 99)).toEqual({ stream: "89", bytes: 10, first: 8, last: 9 });
    await expect(part(10)).rejects.toThrow(RangeNotSatisfiable);
  });

  test("says that there is nothing where nothing was put, or where it was removed", async () => {
    const storage = await make();
    expect(await storage.get("a/none")).toBeNull();
    expect(await storage.get("a/none", { first: 5 })).toBeNull();
    await storage.put("a/one", bytes("1"), "text/plain");
    await storage.put("a/two", bytes("2"), "text/plain");
    await storage.put("a/three", bytes("3"), "text/plain");
    await storage.remove([]);
    await storage.remove(["a/one", "a/none", "b/none", "a/two"]);
    await storage.remove(["a/one"]);
    expect(await storage.get("a/one")).toBeNull();
    expect(await keysOf(storage, "")).toEqual(["a/three"]);
  });

  test("lists below a prefix in the order of keys, and goes on behind a key", async () => {
    const storage = await make();
    const keys = ["a-b/1", "a.b", "a/1.webp", "a/1/2", "a/b/c/d", "a/b1", "ab/1", "b/1"];
    const before = Date.now();
    for (const key of keys.toReversed()) await storage.put(key, bytes(key), "text/plain");
    expect(await keysOf(storage, "")).toEqual(keys);
    expect(await keysOf(storage, "a/")).toEqual(["a/1.webp", "a/1/2", "a/b/c/d", "a/b1"]);
    expect(await keysOf(storage, "a/b")).toEqual(["a/b/c/d", "a/b1"]);
    expect(await keysOf(storage, "none/")).toEqual([]);
    for (const [index, key] of keys.entries()) {
      expect(await keysOf(storage, "", key)).toEqual(keys.slice(index + 1));
    }
    expect(await keysOf(storage, "a/", "a/1/1")).toEqual(["a/1/2", "a/b/c/d", "a/b1"]);
    expect(await keysOf(storage, "a/", "a/2")).toEqual(["a/b/c/d", "a/b1"]);
    for await (const { key, bytes, changedAt } of storage.list("a/")) {
      expect(bytes).toBe(key.length);
      // Object storages tell whole seconds, by their own clock.
      expect(Math.abs(changedAt.getTime() - before)).toBeLessThan(60_000);
    }
  });

  test("two puts of one key at once leave one of them, whole", async () => {
    const storage = await make();
    const texts = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
    await Promise.all(texts.map((text) => storage.put("a/one", bytes(text), "text/plain")));
    expect(texts).toContain((await read(storage, "a/one"))?.stream);
  });

  test("can be asked whether it works, and leaves nothing behind", async () => {
    const storage = await make();
    await storage.check();
    await storage.removeUnfinished(new Date());
    expect(await keysOf(storage, "")).toEqual([]);
  });

  test("takes no key that leads out of it or that somebody typed", async () => {
    const storage = await make();
    const hostile = [
      "",
      "/a",
      "a/",
      "../a",
      "a/../../b",
      "a//b",
      ".a",
      "a/.b",
      "A",
      "ä",
      "a b",
      "a\n",
    ];
    for (const key of [...hostile, "a\\b", "a\0", "%2e%2e/a", "a".repeat(201)]) {
      expect(isKey(key)).toBe(false);
      await expect(storage.put(key, bytes("1"), "text/plain")).rejects.toThrow("Not a key");
      await expect(storage.get(key)).rejects.toThrow("Not a key");
      await expect(storage.remove([key])).rejects.toThrow("Not a key");
    }
    expect(await keysOf(storage, "")).toEqual([]);
  });
});
