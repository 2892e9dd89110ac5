import { beforeAll, expect, test } from "vitest";
import { isPlain, judge } from "./judge";
import type { Rule } from "./rule";
import { defaultSettings, type Settings } from "./settings";
import { warmUp } from "./warm-up.server";

/** ms of the processor for a message, however it was made; far above what judging a long one takes. */
const mostMs = 50;

const repeat = (part: string, length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

const blocks = Array.from({ length: 0x110000 / 256 }, (_, block) => block * 256)
  .filter((first) => first < 0xd800 || first > 0xdfff)
  .map((first) =>
    String.fromCodePoint(...Array.from({ length: 256 }, (_, offset) => first + offset)),
  );

const hostile: Record<string, string> = {
  "30 kB of a": repeat("a", 30_000),
  "30 kB of digits": repeat("0123456789", 30_000),
  "30 kB of separated digits": repeat("0-1 2.3/", 30_000),
  "30 kB of at signs": repeat("a@", 30_000),
  "30 kB of dots": repeat("a.b.", 30_000),
  "30 kB of open addresses": repeat("http://a.", 30_000),
  "30 kB of spelled digits": repeat("eins zwei drei ", 30_000),
  "30 kB of letters apart": repeat("w h a t s ", 30_000),
  "30 kB of spaces": repeat(" ", 30_000),
  "30 kB of letters of an IBAN": repeat("DE89", 30_000),
  "30 kB of wallets": repeat("bc1qw508d6qe", 30_000),
  "30 kB of hidden letters": repeat("*a*b* ", 30_000),
  "30 kB of pictures in words": repeat("a🙂b🙂c ", 30_000),
  "30 kB of apps without a name": repeat("W-App ", 30_000),
  "30 kB of curses": repeat("fuckfück", 30_000),
  "bait for (a+)+$": `${repeat("a", 29_999)}!`,
  "4,000 zero-width joiners": repeat("\u200d", 4_000),
  "4,000 marks on one letter": `a${repeat("\u0301", 4_000)}`,
  "4,000 letters, each with a joiner": repeat("a\u200d", 8_000),
  "letters that grow when they are normalised": repeat("\ufdfa", 4_000),
  "half surrogates": repeat("\ud83d", 4_000),
};

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

/** The processor's time of this thread, the best of a few: what else the machine does is no fault of the filters. */
function bestOf(tries: number, text: string, settings: Settings): number {
  const took = Array.from({ length: tries }, () => {
    const start = process.threadCpuUsage();
    isPlain(text, settings);
    judge(text, { stage: "inquiry", earlier: [{ seq: 1, body: text.slice(0, 500) }] }, settings);
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...took);
}

// As each web process does before it answers anybody.
beforeAll(() => warmUp(defaultSettings));

test.each(Object.keys(hostile))("%s does not make judging slow", (name) => {
  expect(bestOf(5, hostile[name] ?? "", defaultSettings)).toBeLessThan(mostMs);
});

test("no block of Unicode makes judging slow", () => {
  const slow = blocks.filter((block) => {
    const text = repeat(block, 4_000);
    const takes = (tries: number) => bestOf(tries, text, defaultSettings);
    return takes(1) >= mostMs && takes(5) >= mostMs;
  });
  expect(slow).toHaveLength(0);
});

test("no pattern of an admin makes judging slow", () => {
  for (const text of [repeat("a", 4_000), `${repeat("a", 3_999)}!`, repeat("ab", 4_000)]) {
    expect(bestOf(5, text, baited)).toBeLessThan(mostMs);
  }
});
