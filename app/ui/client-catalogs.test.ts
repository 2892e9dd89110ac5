import { expect, test, vi } from "vitest";
import { untilLoaded } from "./client-catalogs";

test("a part of a page that cannot be loaded for now is asked for again, and fails nothing", async () => {
  vi.useFakeTimers();
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue("part");
  const loaded = untilLoaded(load);
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledOnce();
  await vi.runAllTimersAsync();
  expect(await loaded).toBe("part");
  vi.useRealTimers();
});
