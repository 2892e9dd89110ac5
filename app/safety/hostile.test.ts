import { beforeAll, expect, test } from "vitest";
import { hostileTexts, unicodeBlocks } from "../../test/safety/hostile-texts";
import { judgingMs } from "../../test/safety/judging-cost";
import { cleanLines } from "../../test/safety/labelled";
import type { Rule } from "./rule";
import { defaultSettings, type Settings } from "./settings";
import { warmUp } from "./warm-up.server";

/** What people write in earnest, as long as the longest of the hostile texts: about 6.5 ms on the 2 cores of `npm run bench`. */
const ordinary = cleanLines()
  .flatMap(({ messages }) => messages)
  .join(" ")
  .slice(0, 30_000);

/**
 * How often as much as for ordinary text the processor may have to do for a hostile one. The aim is 50 ms, which
 * `npm run bench -- safety` measures; here both are measured in turn, so that a slow or busy machine slows both.
 */
const mostTimes = 8;

const baited: Settings = {
  ...defaultSettings,
  rules: ["(a+)+$", "(a|aa)+$", "(.*a){20}", "^(([a-z])+.)+[A-Z]([a-z])+$"].map(
    (pattern, place): Rule => ({
      id: `00000000-0000-4000-8000-00000000000${place}`,
      version: 1,
      kind: "pattern",
      pattern,
      action: "flag",
      stages: ["inquiry"],
      message: "Not here",
    }),
  ),
};

/** The fairest of three rounds, each long enough for a clock that counts in steps of 4 ms. */
function timesOrdinary(text: string, settings = defaultSettings): number {
  const rounds = [1, 2, 3].map(() => {
    let [hostileMs, ordinaryMs] = [0, 0];
    while (ordinaryMs < 40) {
      hostileMs += judgingMs(text, settings);
      ordinaryMs += judgingMs(ordinary, defaultSettings);
    }
    return hostileMs / ordinaryMs;
  });
  return Math.min(...rounds);
}

// As each web process does before it answers anybody.
beforeAll(() => warmUp(defaultSettings));

test.each(Object.keys(hostileTexts))("%s does not make judging slow", (name) => {
  expect(timesOrdinary(hostileTexts[name] ?? "")).toBeLessThan(mostTimes);
});

test("no block of Unicode makes judging slow", () => {
  // Seven times shorter than the others: what is quick at once needs no fair look.
  const slow = unicodeBlocks.filter(
    (text) => judgingMs(text, defaultSettings) > 10 && timesOrdinary(text) >= mostTimes,
  );
  expect(slow).toHaveLength(0);
});

test("no pattern of an admin makes judging slow", () => {
  for (const text of ["a".repeat(4_000), `${"a".repeat(3_999)}!`, "ab".repeat(2_000)]) {
    expect(timesOrdinary(text, baited)).toBeLessThan(mostTimes);
  }
});
