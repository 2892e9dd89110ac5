import { expect, test } from "vitest";
import { makeDiskStorage } from "~test/storages";
import { removeSurely } from "./remove-surely.server";

const text = Buffer.from("text");

test("objects are gone when it resolves, and what was not there counts as gone", async () => {
  const { storage } = makeDiskStorage();
  await storage.put("a/one", text, "text/plain");
  await removeSurely(storage, ["a/one", "a/never"]);
  expect(await storage.get("a/one")).toBeNull();
});

test("a storage that says it removed an object and has it still is not believed", async () => {
  const { storage } = makeDiskStorage();
  await storage.put("a/one", text, "text/plain");
  await storage.put("a/two", text, "text/plain");
  const forgetful = { ...storage, remove: () => storage.remove(["a/one"]) };
  await expect(removeSurely(forgetful, ["a/one", "a/two"])).rejects.toThrow("still there: a/two");
});
