import { describe, expect, test, vi } from "vitest";
import { formatFor } from "./format";

const utc = formatFor("en", "UTC");
const now = new Date("2025-03-12T12:00:00Z");

describe("a day", () => {
  test.each([
    ["2025-03-12T00:00:00Z", "Today"],
    ["2025-03-11T23:59:59Z", "Yesterday"],
    ["2025-03-10T12:00:00Z", "Monday"],
    ["2025-03-06T00:00:00Z", "Thursday"],
    ["2025-03-05T23:59:59Z", "Mar 5, 2025"],
    ["2025-03-13T00:00:00Z", "Mar 13, 2025"],
    ["2024-12-31T12:00:00Z", "Dec 31, 2024"],
  ])("%s is %s", (moment, said) => {
    expect(utc.day(new Date(moment), now)).toBe(said);
  });

  test("is the reader's own", () => {
    const moment = new Date("2025-03-11T22:30:00Z");
    expect(formatFor("en", "Europe/Athens").day(moment, now)).toBe("Today");
    expect(formatFor("en", "America/Los_Angeles").day(moment, now)).toBe("Yesterday");
  });

  test("is a day also where clocks change, 23 or 25 hours long", () => {
    const berlin = formatFor("en", "Europe/Berlin");
    const at = (time: string) => new Date(time);
    expect(berlin.day(at("2025-03-29T23:30:00Z"), at("2025-03-30T22:30:00Z"))).toBe("Yesterday");
    expect(berlin.day(at("2025-10-25T22:30:00Z"), at("2025-10-26T22:30:00Z"))).toBe("Today");
  });

  test.each([
    ["UTC", "2025-03-09T00:00:00Z", "2025-03-09"],
    ["Asia/Kathmandu", "2025-03-08T18:15:00Z", "2025-03-09"],
    ["Pacific/Honolulu", "2025-03-09T09:59:59Z", "2025-03-08"],
    ["UTC", "0987-01-02T00:00:00Z", "0987-01-02"],
  ])("has a key in ISO 8601 in %s, whatever the language", (timeZone, moment, key) => {
    for (const locale of ["en", "ar-EG", "fa", "th"]) {
      expect(formatFor(locale, timeZone).dayKey(new Date(moment))).toBe(key);
    }
  });
});

test("a list says the time for today and what is to come, else the day", () => {
  const brief = (moment: string) => utc.brief(new Date(moment), now);
  expect(brief("2025-03-12T09:05:00Z")).toBe("9:05 AM");
  expect(brief("2025-03-12T12:00:30Z")).toBe("12:00 PM");
  expect(brief("2025-03-13T08:00:00Z")).toBe("8:00 AM");
  expect(brief("2025-03-11T09:05:00Z")).toBe("Yesterday");
  expect(brief("2025-01-02T09:05:00Z")).toBe("Jan 2, 2025");
});

test("a price has as many decimals as its currency", () => {
  expect(utc.price(12_050, "EUR")).toBe("€120.50");
  expect(utc.price(1_200, "JPY")).toBe("¥1,200");
  expect(utc.price(1_234, "KWD").replace("\u00a0", " ")).toBe("KWD 1.234");
  expect(formatFor("de", "UTC").price(12_050, "EUR").replace("\u00a0", " ")).toBe("120,50 €");
  expect(utc.price(12_050, "EUR")).toBe("€120.50");
});

test("a format is made once for a language and a time zone, and not all are kept", () => {
  const made = vi.spyOn(Intl, "DateTimeFormat");
  const zones = Intl.supportedValuesOf("timeZone").slice(0, 100);
  const first = formatFor("en", "Europe/Lisbon");
  const count = made.mock.calls.length;
  expect(count).toBeGreaterThan(0);
  expect(formatFor("en", "Europe/Lisbon")).toBe(first);
  expect(made.mock.calls.length).toBe(count);
  for (const zone of zones) formatFor("en", zone);
  expect(formatFor("en", "Europe/Lisbon")).not.toBe(first);
  made.mockRestore();
});
