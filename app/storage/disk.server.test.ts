import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { makeDiskStorage } from "~test/storages";
import { diskStorage } from "./disk.server";

const put = (storage: ReturnType<typeof diskStorage>, key: string, bytes: number) =>
  storage.put(key, Buffer.alloc(bytes, "x"), "text/plain");

/** Where nobody may mount, no disk can be full. */
const isRoot = process.platform === "linux" && process.getuid?.() === 0;

test.runIf(isRoot)(
  "a full disk refuses what does not fit, whole, and keeps what is there",
  async () => {
    const { folder } = makeDiskStorage();
    const disk = join(folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", disk]);
    onTestFinished(() => void execFileSync("umount", [disk]));
    const storage = diskStorage({ folder: disk });
    await put(storage, "a/first", 200_000);
    for (const key of ["a/second", "a/first"]) {
      await expect(put(storage, key, 400_000)).rejects.toMatchObject({
        name: "StorageError",
        trouble: "full",
        message: expect.stringContaining("ENOSPC"),
      });
    }
    expect(readdirSync(join(disk, ".incoming"))).toEqual([]);
    expect(readdirSync(join(disk, "a"))).toEqual(["first"]);
    const kept = await storage.get("a/first");
    expect(kept && (await text(kept.stream))).toBe("x".repeat(200_000));

    await storage.check();
    writeFileSync(join(disk, "somebody-else"), Buffer.alloc(200_000));
    expect(() => writeFileSync(join(disk, "rest"), Buffer.alloc(500_000))).toThrow("ENOSPC");
    await expect(storage.check()).rejects.toMatchObject({ trouble: "full" });
    await storage.remove(["a/first"]);
    await storage.check();
    await put(storage, "a/second", 100_000);
  },
);

test("what a killed put left behind is no object, and goes when it is old", async () => {
  const { folder, storage } = makeDiskStorage();
  await put(storage, "a/one", 10);
  const incoming = join(folder, ".incoming");
  const hourAgo = new Date(Date.now() - 3_600_000);
  writeFileSync(join(incoming, "killed"), "hal");
  utimesSync(join(incoming, "killed"), hourAgo, hourAgo);
  writeFileSync(join(incoming, "under-way"), "hal");
  const keys = [];
  for await (const { key } of storage.list("")) keys.push(key);
  expect(keys).toEqual(["a/one"]);
  await storage.removeUnfinished(new Date(Date.now() - 60_000));
  await storage.removeUnfinished(new Date(Date.now() - 60_000));
  expect(readdirSync(incoming)).toEqual(["under-way"]);
});

test("a folder that is gone comes back, and a folder that cannot be used says so", async () => {
  const { folder, storage } = makeDiskStorage();
  await put(storage, "a/one", 10);
  rmSync(folder, { recursive: true });
  expect(await storage.get("a/one")).toBeNull();
  await storage.remove(["a/one"]);
  await put(storage, "a/one", 10);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "in its place");
  for (const call of [() => put(storage, "a/one", 10), () => storage.check()]) {
    await expect(call()).rejects.toMatchObject({ name: "StorageError", trouble: "away" });
  }
});

test("what was removed leaves no folder behind, also beside puts into the same one", async () => {
  const { folder, storage } = makeDiskStorage();
  for (let round = 0; round < 10; round += 1) {
    await Promise.all([put(storage, "a/b/one", 1), storage.remove(["a/b/two", "a/b/three"])]);
    await Promise.all([put(storage, "a/b/two", 1), storage.remove(["a/b/one"])]);
    expect(await storage.get("a/b/one")).toBeNull();
    const two = await storage.get("a/b/two");
    expect(two && (await text(two.stream))).toBe("x");
  }
  await storage.remove(["a/b/two"]);
  expect(readdirSync(folder)).toEqual([".incoming"]);
});
