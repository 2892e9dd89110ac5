import { expect, test } from "vitest";
import { OrderCheck } from "./order-check.ts";

function check(after: number, seqs: number[], last: number) {
  const check = new OrderCheck(after);
  for (const seq of seqs) check.take(seq);
  const { doubled, disordered } = check;
  return { lost: check.missingUpTo(last), doubled, disordered };
}

test("messages that come once each and in order are no fault", () => {
  expect(check(40, [41, 42, 43], 43)).toEqual({ lost: 0, doubled: 0, disordered: 0 });
});

test("a message that never comes is lost, in the middle and at the end", () => {
  expect(check(0, [1, 3], 3)).toEqual({ lost: 1, doubled: 0, disordered: 0 });
  expect(check(0, [1, 2], 4)).toEqual({ lost: 2, doubled: 0, disordered: 0 });
  expect(check(0, [], 1)).toEqual({ lost: 1, doubled: 0, disordered: 0 });
});

test("a message that comes twice is doubled, at once and later", () => {
  expect(check(0, [1, 1, 2], 2)).toEqual({ lost: 0, doubled: 1, disordered: 0 });
  expect(check(0, [1, 2, 3, 1], 3)).toEqual({ lost: 0, doubled: 1, disordered: 0 });
  expect(check(7, [7, 8], 8)).toEqual({ lost: 0, doubled: 1, disordered: 0 });
});

test("a message behind a later one is out of order, and not lost", () => {
  expect(check(0, [2, 1, 3], 3)).toEqual({ lost: 0, doubled: 0, disordered: 1 });
  expect(check(0, [3, 2, 1], 3)).toEqual({ lost: 0, doubled: 0, disordered: 2 });
  expect(check(0, [2, 1, 1], 2)).toEqual({ lost: 0, doubled: 1, disordered: 1 });
});
