import { validate, version } from "uuid";
import { expect, test } from "vitest";
import { newId } from "./new-id";

test("a new id is a UUID of version 4, and another one each time", () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(ids.every((id) => validate(id) && version(id) === 4)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  // Each digit takes each value that it may have.
  for (let at = 0; at < 36; at++) {
    const expected = at === 14 || [8, 13, 18, 23].includes(at) ? 1 : at === 19 ? 4 : 16;
    expect(new Set(ids.map((id) => id[at])).size, `digit ${at}`).toBe(expected);
  }
});
