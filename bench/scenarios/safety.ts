import { isPlain, judge } from "~/safety/judge";
import { defaultSettings } from "~/safety/settings";
import { warmUp } from "~/safety/warm-up.server";
import { hostileTexts, mostHostileMs } from "../../test/safety/hostile-texts.ts";
import { judgingMs } from "../../test/safety/judging-cost.ts";
import { cleanLines, linesToFind, type Style, styles } from "../../test/safety/labelled.ts";
import { type Score, type Share, scoreFilters, shareOf } from "../../test/safety/score.ts";
import type { Scenario } from "../bench.ts";
import { parley } from "../contenders.ts";
import { type Aim, type Figure, figure, short } from "../figures.ts";
import { quantiles } from "../statistics.ts";

const scenario = "safety";
/** Characters of a message at its longest, and how many of such are judged in a run. */
const longest = 4_000;
const judged = 1_000;
/** ms for such a message at p99. */
const mostMs = 1;
const leastRecall: Record<Style, number> = { plain: 0.95, disguised: 0.85, split: 0.85 };
/** Clean lines in which something may be found. */
const mostFalse = 1 / 1_000;

export const safety: Scenario = {
  name: scenario,
  title: "Filters on the labelled set, and what judging a long message takes",
  run: async (bench) => {
    const { scores, falseAlarms, clean, plain, missed } = scoreFilters();
    const figures = scores.flatMap(figuresOf);
    for (const { line, kinds } of falseAlarms) bench.say(`false alarm (${kinds}): ${line}`);
    for (const { kinds, style, messages } of missed) {
      bench.say(`not found (${kinds[0]}, ${style}): ${messages.join(" / ")}`);
    }
    const long = longMessages();
    // As a web process does before it answers anybody.
    warmUp(defaultSettings);
    const runs = Array.from({ length: bench.runs }, () => quantilesOf(long));
    const took = runs.map(({ p99 }) => p99);
    const halves = runs.map(({ p50 }) => p50);
    const at = `messages of ${longest} characters`;
    figures.push(
      figure({ scenario, contender: parley.name, at, name: "p50 ms", runs: halves }),
      figure({ scenario, contender: parley.name, at, name: "p99 ms", runs: took }),
      figure({
        scenario,
        contender: parley.name,
        at: `${clean} clean lines`,
        name: "false alarms",
        runs: [falseAlarms.length],
      }),
      figure({
        scenario,
        contender: parley.name,
        at: `${clean} clean lines`,
        name: "fast way",
        runs: [plain / clean],
      }),
    );
    const hostile = Array.from({ length: bench.runs }, worstOfHostile);
    figures.push(
      figure({
        scenario,
        contender: parley.name,
        at: "hostile texts",
        name: "worst ms",
        runs: hostile,
      }),
    );
    const worst = Math.min(...took);
    return {
      figures,
      aims: [
        ...styles.flatMap((style) => [recallAim(style, scores), recallOfEach(style, scores)]),
        {
          scenario,
          aim: "at most 1 false alarm in 1,000 clean lines",
          measured: `${falseAlarms.length} in ${clean}`,
          met: falseAlarms.length / clean <= mostFalse,
        },
        {
          scenario,
          aim: `a message of ${longest} characters judged in less than ${mostMs} ms at p99`,
          measured: `${short(worst)} ms`,
          met: worst < mostMs,
        },
        {
          scenario,
          aim: `any hostile text of 30 kB judged in less than ${mostHostileMs} ms of the processor`,
          measured: `${short(Math.max(...hostile))} ms`,
          met: Math.max(...hostile) < mostHostileMs,
        },
      ],
      broken: [],
    };
  },
};

/** ms for the slowest of the hostile texts, each at the best of ten times: what else the machine does is no fault of theirs. */
function worstOfHostile(): number {
  const took = Object.values(hostileTexts).map((text) =>
    Math.min(...Array.from({ length: 10 }, () => judgingMs(text, defaultSettings))),
  );
  return Math.max(...took);
}

function figuresOf({ kind, recall, precision }: Score): Figure[] {
  const of = (name: string, share: Share | null) =>
    share
      ? [figure({ scenario, contender: parley.name, at: kind, name, runs: [shareOf(share)] })]
      : [];
  return [
    ...styles.flatMap((style) => of(`recall ${style}`, recall[style])),
    ...of("precision", precision),
  ];
}

function recallAim(style: Style, scores: Score[]): Aim {
  const shares = scores.flatMap(({ recall }) => recall[style] ?? []);
  const part = shares.reduce((sum, share) => sum + share.part, 0);
  const of = shares.reduce((sum, share) => sum + share.of, 0);
  const met = part / of >= leastRecall[style];
  const aim = `recall of what is ${style} at least ${leastRecall[style]}`;
  return { scenario, aim, measured: `${short(part / of)} (${part} of ${of})`, met };
}

/** That no kind hides behind the others. */
function recallOfEach(style: Style, scores: Score[]): Aim {
  const all = scores.flatMap(({ kind, recall }) => {
    const share = recall[style];
    return share ? [{ kind, share, is: shareOf(share) }] : [];
  });
  const [worst] = all.toSorted((one, other) => one.is - other.is);
  if (!worst) throw new Error(`The set has nothing that is ${style}`);
  const { kind, share, is } = worst;
  return {
    scenario,
    aim: `recall of what is ${style} at least ${leastRecall[style]} of each kind`,
    measured: `${short(is)} or more (${kind}: ${share.part} of ${share.of})`,
    met: is >= leastRecall[style],
  };
}

/** Each made of other lines of the set, clean ones and such to find. */
function longMessages(): string[] {
  const lines = [...cleanLines(), ...linesToFind()].map(({ messages }) => messages.join(" "));
  return Array.from({ length: judged }, (_, place) => {
    let text = "";
    for (let at = place * 7; text.length < longest; at++) text += `${lines[at % lines.length]} `;
    return text.slice(0, longest);
  });
}

function quantilesOf(messages: string[]) {
  const took = messages.map((text) => {
    const start = performance.now();
    // As a send does: what is plain is not judged. No text is looked at twice.
    if (!isPlain(text, defaultSettings))
      judge(text, { stage: "inquiry", earlier: [] }, defaultSettings);
    return performance.now() - start;
  });
  return quantiles(took);
}
