import { expect, test } from "vitest";
import { mailLanguage } from "./mail-language.server";

test("a time zone that this Node does not know is none, and no reason to keep a mail back", () => {
  const at = new Date("2026-06-01T12:00:00Z");
  expect(mailLanguage("en", "Europe/Atlantis").moment(at)).toBe(
    mailLanguage("en", null).moment(at),
  );
  expect(mailLanguage("en", "Asia/Kathmandu").moment(at)).toContain("5:45");
});
