import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "./log.server";
import { repeat } from "./repeat.server";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const options = { everyMs: 1_000, failing: "it could not be done" };

test("what is repeated is never done twice at once, and not any more after it was stopped", async () => {
  let [begun, atOnce, most] = [0, 0, 0];
  const { stop } = repeat(async () => {
    begun += 1;
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    atOnce -= 1;
  }, options);
  expect(begun, "it begins with a pause").toBe(0);
  await vi.advanceTimersByTimeAsync(1_250);
  expect(begun).toBe(1);
  await vi.advanceTimersByTimeAsync(12_500);
  expect([begun >= 2, most]).toEqual([true, 1]);
  const stopped = stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopped;
  const sofar = begun;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([begun, atOnce]).toEqual([sofar, 0]);
});

test("a failure is told of once, and again only after it worked", async () => {
  const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
  let isAway = true;
  const { run, stop } = repeat(
    async () => {
      if (isAway) throw new Error("The database is away");
    },
    { ...options, isDue: true },
  );
  await vi.advanceTimersByTimeAsync(30_000);
  expect(warned).toHaveBeenCalledTimes(1);
  isAway = false;
  await vi.advanceTimersByTimeAsync(2_000);
  isAway = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(warned).toHaveBeenCalledTimes(2);
  await stop();
  await run();
  expect(warned).toHaveBeenCalledTimes(2);
});
