import { expect, test } from "vitest";
import { databaseUrl } from "~test/database";
import { connectionsFor, poolSizeFor, readRoom } from "./connection-budget.server";

test("a process keeps ten connections, and fewer where many share a small server", () => {
  expect(poolSizeFor(1, 97)).toBe(10);
  expect(poolSizeFor(3, 97)).toBe(10);
  expect(poolSizeFor(7, 97)).toBe(3);
  expect(poolSizeFor(20, 97)).toBe(2);
});

test("two starts of the same size fit beside each other, as a rolling restart needs it", () => {
  for (const processes of [1, 2, 3, 7, 10]) {
    const jobs = 4 * Math.min(processes, 2);
    const each = processes * (poolSizeFor(processes, 97) + 2) + jobs;
    expect(2 * each).toBeLessThanOrEqual(97);
  }
});

test("what does not fit is refused in one line that names the variable", () => {
  expect(() => poolSizeFor(63, 97)).toThrow(/^WEB_PROCESSES 63 .+ WEB_PROCESSES=22$/);
  expect(() => poolSizeFor(10, 97, 20)).toThrow(/WEB_PROCESSES=4$/);
});

test("the embedded server has room for every process of a large machine", () => {
  expect(connectionsFor(1)).toBe(100);
  for (const processes of [1, 8, 63, 256]) {
    expect(poolSizeFor(processes, connectionsFor(processes) - 3, 10)).toBe(10);
  }
});

test("the room is what the server says", async () => {
  expect(await readRoom(databaseUrl)).toBe(197);
});
