import { expect, test } from "vitest";
import { DatabaseClock } from "./delivery-latency.server";

const hour = 3_600_000;

test("a database whose clock is an hour ahead is read right, to half of a round trip", () => {
  const clock = new DatabaseClock();
  expect(clock.ahead).toBeNull();
  clock.measure(1_000, 1_000 + hour + 3, 1_004);
  expect(clock.ahead).toBe(hour + 1);
});

test("a slow answer does not spoil what a fast one said, but a clock that was set is followed", () => {
  const clock = new DatabaseClock();
  clock.measure(1_000, 1_001, 1_002);
  clock.measure(2_000, 2_900, 3_000);
  expect(clock.ahead).toBe(0);
  clock.measure(4_000, 4_001 + hour, 4_002);
  expect(clock.ahead).toBe(hour);
});
