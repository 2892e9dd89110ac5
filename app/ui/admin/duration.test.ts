import { expect, test } from "vitest";
import { agePhrase, durationPhrase } from "./duration";

const minute = 60_000;

test("a length of time is said in its two largest units, and never as more than it is", () => {
  expect(durationPhrase(0).values).toEqual({ minutes: 0 });
  expect(durationPhrase(60 * minute - 1).values).toEqual({ minutes: 59 });
  expect(durationPhrase(125 * minute).values).toEqual({ hours: 2, minutes: 5 });
  expect(durationPhrase(71 * 60 * minute).values).toEqual({ days: 2, hours: 23 });
});

test("an age is said in its largest unit, and a clock that is behind makes none negative", () => {
  expect(agePhrase(71 * 60 * minute).values).toEqual({ days: 2, hours: 0 });
  expect(agePhrase(-5).values).toEqual({ minutes: 0 });
});
