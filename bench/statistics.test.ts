import { expect, test } from "vitest";
import { median, quantiles } from "./statistics.ts";

test("the median is the middle one, and between two the mean", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("a quantile is a value that was measured, and not exceeded by its share", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantiles(hundred)).toEqual({ p50: 50, p99: 99, max: 100 });
  expect(quantiles([7])).toEqual({ p50: 7, p99: 7, max: 7 });
});
