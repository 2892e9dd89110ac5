import { beforeEach, expect, test, vi } from "vitest";
import { LivePeople } from "./people";

let changes = 0;
let people: LivePeople;

beforeEach(() => {
  vi.useFakeTimers();
  changes = 0;
  people = new LivePeople(() => {
    changes += 1;
  });
  return () => vi.useRealTimers();
});

test("typing shows for five seconds after the last beat, in its chat alone", () => {
  people.typed("chat", "ann");
  vi.advanceTimersByTime(3_000);
  people.typed("chat", "ann");
  vi.advanceTimersByTime(4_999);
  expect(people.isTyping("chat", "ann")).toBe(true);
  expect(people.isTyping("other", "ann") || people.isTyping("chat", "ben")).toBe(false);
  const before = changes;
  vi.advanceTimersByTime(1);
  expect(people.isTyping("chat", "ann")).toBe(false);
  expect(changes).toBe(before + 1);
});

test("a message ends typing at once, and a beat that was overtaken by it begins none", () => {
  people.typed("chat", "ann");
  people.wrote("chat", "ann");
  expect(people.isTyping("chat", "ann")).toBe(false);
  people.typed("chat", "ann");
  expect(people.isTyping("chat", "ann")).toBe(false);
  vi.advanceTimersByTime(500);
  people.typed("chat", "ann");
  expect(people.isTyping("chat", "ann")).toBe(true);
});

test("the page says who is online until the stream does, and a newer stream knows better", () => {
  expect(people.isOnline("ann", true)).toBe(true);
  people.opened();
  people.came("ben", true);
  people.came("cat", true);
  expect(["ann", "ben", "cat"].map((user) => people.isOnline(user, user === "ann"))).toEqual([
    true,
    true,
    true,
  ]);
  people.came("cat", false);
  expect(people.isOnline("cat", true)).toBe(false);
  vi.advanceTimersByTime(5_000);
  expect(people.isOnline("ann", true)).toBe(false);
  expect(people.isOnline("ben", false)).toBe(true);
  people.opened();
  expect(people.isOnline("ben", false)).toBe(true);
  vi.advanceTimersByTime(5_000);
  expect(people.isOnline("ben", false)).toBe(false);
});

test("a page that is read again counts as it did at first", () => {
  people.opened();
  people.came("ann", true);
  vi.advanceTimersByTime(5_000);
  people.reset();
  expect(people.isOnline("ann", false)).toBe(false);
  expect(people.isOnline("ann", true)).toBe(true);
});
