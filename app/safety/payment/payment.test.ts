import { describe, expect, test } from "vitest";
import { isPlain, judge } from "../judge";
import { defaultSettings } from "../settings";

const reasons = (text: string, earlier: string[] = []) =>
  judge(
    text,
    { stage: "inquiry", earlier: earlier.map((body, i) => ({ seq: i + 1, body })) },
    defaultSettings,
  ).reasons;

const found = (text: string, earlier?: string[]) =>
  reasons(text, earlier).find(({ kind }) => kind === "payment");

describe("Where to send money to", () => {
  test.each([
    ["IBAN NO93 8601 1117 947", "NO93 8601 1117 947"],
    ["to PL61109010140000071219812874 please", "PL61109010140000071219812874"],
    ["it60x0542811101000000123456", "it60x0542811101000000123456"],
    ["5105 1051 0510 5100", "5105 1051 0510 5100"],
    ["card 378734493671000", "378734493671000"],
    ["3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
    [
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ],
    [
      "eth: 0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
      "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ],
    ["revolut.me/someone", "revolut.me/someone"],
  ])("%s is such a place, and the sender sees which words", (text, words) => {
    expect(found(text)).toEqual({ kind: "payment", action: "block", words: [words] });
  });

  test.each([
    "NO93.8601.1117.947",
    "N O 9 3 8 6 0 1 1 1 1 7 9 4 7",
    "NO93 86O1 lll7 947",
    "5105_1051_0510_5100",
    "5 1 0 5 1 0 5 1 0 5 1 0 5 1 0 0",
    "five one zero five 1051 0510 5100",
    "3J98t1WpEZ73CNmQvi ecrnyiWrnqRhWNLy",
  ])("%s is one in disguise", (text) => {
    expect(found(text)).toMatchObject({ isDisguised: true });
    expect(isPlain(text, defaultSettings)).toBe(false);
  });

  test.each([
    [["PL61 1090 1014", "0000 0712", "1981 2874"]],
    [["5105 1051", "0510 5100"]],
    [["bc1p0xlxvlhemja6c4dqv22uapctqupfhl", "xm9h8z3k2e72q4k9hcz7vqzk5jj0"]],
    [["my iban", "NO93 8601", "1117 947"]],
  ])("%j are one together", (bodies) => {
    const last = bodies.at(-1) ?? "";
    expect(isPlain(last, defaultSettings)).toBe(false);
    expect(found(last, bodies.slice(0, -1))).toMatchObject({ isDisguised: true });
  });

  test.each([
    "NO93 8601 1117 946",
    "PL61109010140000071219812875",
    "5105 1051 0510 5101",
    "order 5105105105105100",
    "tracking 00340434161094042557",
    "ISBN 978-3-16-148410-0",
    "IMEI 356938035643809",
    "EAN 4006381333931",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLx",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj1",
    "0xD1220a0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    "colour 0xff00aa",
    "de 89 auf 75, letzter Preis",
    "paypal takes a fee",
  ])("%s is none", (text) => {
    expect(found(text)).toBeUndefined();
  });
});
