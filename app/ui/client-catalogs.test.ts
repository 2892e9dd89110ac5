import { expect, onTestFinished, test, vi } from "vitest";
import { comingApart, loadShownParts, untilLoaded } from "./client-catalogs";

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

test("a part that the page shows and that cannot be loaded keeps it waiting for nothing", async () => {
  vi.stubGlobal("document", {
    documentElement: { lang: "en" },
    querySelectorAll: () => [{ dataset: { apart: "pictures" } }],
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const load = vi.fn<() => Promise<{ default: () => null }>>();
  load.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  load.mockResolvedValue({ default: () => null });
  comingApart("pictures", load);
  const beganAt = performance.now();
  await loadShownParts();
  expect(performance.now() - beganAt).toBeLessThan(4_000);
  expect(load).toHaveBeenCalledOnce();
  await loadShownParts();
  expect(load).toHaveBeenCalledTimes(2);
});
