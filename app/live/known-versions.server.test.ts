import { expect, test } from "vitest";
import { KnownVersions } from "./known-versions.server";

const at = (version: number) => ({ chatId: "a", version });

test("only the next version of what is known may go out unread", () => {
  const known = new KnownVersions();
  expect([known.isNext(at(1)), known.covers(at(1))]).toEqual([false, false]);
  known.raise("a", 4);
  expect([3, 4, 5, 6].map((version) => known.isNext(at(version)))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect([4, 5].map((version) => known.covers(at(version)))).toEqual([true, false]);
});

test("what is known does not go back", () => {
  const known = new KnownVersions();
  known.raise("a", 4);
  known.raise("a", 2);
  expect(known.of("a")).toBe(4);
});

test("of too many chats the one that was quiet for longest is forgotten", () => {
  const known = new KnownVersions();
  for (let chat = 0; chat < 20_000; chat++) known.raise(`${chat}`, 1);
  known.raise("0", 2);
  known.raise("one more", 1);
  expect([known.of("0"), known.of("1"), known.of("2")]).toEqual([2, undefined, 1]);
});
