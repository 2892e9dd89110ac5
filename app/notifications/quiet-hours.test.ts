import { expect, test } from "vitest";
import { quietUntil } from "./quiet-hours";

const berlin = (from: string, to: string) => ({
  from: minutes(from),
  to: minutes(to),
  timeZone: "Europe/Berlin",
});
const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const until = (quiet: ReturnType<typeof berlin>, now: string) =>
  quietUntil(quiet, new Date(now))?.toISOString() ?? null;

test("quiet hours begin and end on the minute", () => {
  const quiet = berlin("13:00", "15:30");
  expect(until(quiet, "2026-01-10T11:59:59.999Z")).toBeNull();
  expect(until(quiet, "2026-01-10T12:00:00.000Z")).toBe("2026-01-10T14:30:00.000Z");
  expect(until(quiet, "2026-01-10T14:29:59.999Z")).toBe("2026-01-10T14:30:00.000Z");
  expect(until(quiet, "2026-01-10T14:30:00.000Z")).toBeNull();
});

test("quiet hours go over midnight", () => {
  const quiet = berlin("22:00", "07:00");
  expect(until(quiet, "2026-01-10T21:30:00Z")).toBe("2026-01-11T06:00:00.000Z");
  expect(until(quiet, "2026-01-11T03:00:00Z")).toBe("2026-01-11T06:00:00.000Z");
  expect(until(quiet, "2026-01-11T12:00:00Z")).toBeNull();
});

test("the night that loses an hour is quiet until the clocks show the end", () => {
  // In Berlin, 02:00 is followed by 03:00 on 29 March 2026.
  expect(until(berlin("22:00", "07:00"), "2026-03-28T21:30:00Z")).toBe("2026-03-29T05:00:00.000Z");
  expect(until(berlin("22:00", "02:30"), "2026-03-28T21:30:00Z")).toBe("2026-03-29T01:00:00.000Z");
});

test("the night that has an hour twice is quiet until the clocks show the end", () => {
  // In Berlin, 03:00 is followed by 02:00 on 25 October 2026.
  expect(until(berlin("22:00", "07:00"), "2026-10-24T20:30:00Z")).toBe("2026-10-25T06:00:00.000Z");
});

test("hours that are no longer than nothing are never quiet", () => {
  expect(until(berlin("08:00", "08:00"), "2026-01-10T07:00:00Z")).toBeNull();
});

test("zones of half and quarter hours, and one that nobody knows any more, are told at an hour", () => {
  const quiet = { from: minutes("22:00"), to: minutes("06:15") };
  const now = new Date("2026-01-10T18:00:00Z");
  const kathmandu = quietUntil({ ...quiet, timeZone: "Asia/Kathmandu" }, now);
  expect(kathmandu?.toISOString()).toBe("2026-01-11T00:30:00.000Z");
  const gone = quietUntil(
    { ...quiet, timeZone: "Nowhere/Atlantis" },
    new Date("2026-01-10T23:00Z"),
  );
  expect(gone?.toISOString()).toBe("2026-01-11T06:15:00.000Z");
});
