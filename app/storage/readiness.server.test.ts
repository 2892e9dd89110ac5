import { expect, test, vi } from "vitest";
import { makeDiskStorage } from "~test/storages";
import { storageReadiness } from "./readiness.server";
import { StorageError } from "./storage";

test("the storage is asked once in a while, whoever asks, and a failure passes with it", async () => {
  const { storage } = makeDiskStorage();
  const check = vi.spyOn(storage, "check");
  let now = 0;
  const isReady = storageReadiness(storage, () => now);
  check.mockRejectedValueOnce(new StorageError("away", "Not there"));
  await Promise.all([1, 2, 3].map(() => expect(isReady()).rejects.toThrow("Not there")));
  now += 4_999;
  await expect(isReady()).rejects.toThrow("Not there");
  expect(check).toHaveBeenCalledTimes(1);
  now += 1;
  expect(await Promise.all([isReady(), isReady()])).toEqual([true, true]);
  expect(check).toHaveBeenCalledTimes(2);
});
