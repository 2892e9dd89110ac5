import { validate, version } from "uuid";
import { expect, test } from "vitest";
import { newRowId } from "./row-id.server";

test("no two ids are the same, also past the random bytes that were drawn at once", () => {
  const ids = Array.from({ length: 2_000 }, newRowId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
});

test("a later id sorts behind one of an earlier millisecond", async () => {
  const first = newRowId();
  const startedAt = Date.now();
  while (Date.now() === startedAt) await new Promise(setImmediate);
  expect(newRowId() > first).toBe(true);
});
