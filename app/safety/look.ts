import type { Detector, Finding, Surroundings } from "./detector";
import { detectors } from "./detectors";
import type { FilterKind } from "./filters";
import { mayBePart } from "./may-be-part";
import { Prepared } from "./prepare";
import type { Rule } from "./rule";
import { compiledRules, type Settings } from "./settings";

/** What the sender is shown: more than this helps nobody. */
const mostWords = 10;
/** Of one kind in one text; some of them say the same words. */
const mostFindings = 2 * mostWords;

/** What a text says by itself, at whatever stage and after whatever else. Small, so that it can be kept. */
export type Look = {
  /** Whether it could be the end of what was begun before. */
  mayBePart: boolean;
  found: { kind: FilterKind; words: string[]; isDisguised: boolean; isDoubtful: boolean }[];
  byRules: { rule: Rule; words: string[] }[];
};

/** Those that are switched on, with what they need to know. */
type Asked = { detector: Detector; surroundings: Surroundings };

const asked = new WeakMap<Settings, Asked[]>();

function askedBy(settings: Settings): Asked[] {
  let all = asked.get(settings);
  if (!all) {
    all = detectors
      .filter(({ kind }) => isUsed(settings, kind))
      .map((detector) => ({
        detector,
        surroundings: surroundingsOf(settings, detector.kind, false),
      }));
    asked.set(settings, all);
  }
  return all;
}

function isUsed({ filters }: Settings, kind: FilterKind): boolean {
  const { isOn, actions } = filters[kind];
  return isOn && Object.values(actions).some((action) => action !== "allow");
}

export function surroundingsOf(
  { filters, allowedDomains, phoneCountries }: Settings,
  kind: FilterKind,
  isJoined: boolean,
): Surroundings {
  const most = isJoined ? Number.POSITIVE_INFINITY : mostFindings;
  return { strength: filters[kind].strength, allowedDomains, phoneCountries, isJoined, most };
}

/** All texts are read with this one: looking is synchronous, and what is returned holds nothing of it. */
const prepared = new Prepared();

/** Reads a text and asks all filters that are switched on, and all rules, about it. */
function lookAt(text: string, settings: Settings): Look {
  prepared.read(text);
  const look: Look = { mayBePart: mayBePart(prepared), found: [], byRules: [] };
  for (const { detector, surroundings } of askedBy(settings)) {
    const found = detector.find(prepared, surroundings);
    if (found.length > 0) look.found.push({ kind: detector.kind, ...told(found) });
  }
  for (const { rule, find } of compiledRules(settings)) {
    const words = new Set(find(prepared));
    if (words.size > 0) look.byRules.push({ rule, words: [...words].slice(0, mostWords) });
  }
  return look;
}

/** Places that overlap as one: two phrases that say the same are told once. */
function joined(found: readonly Finding[]): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (const { from, to } of found.toSorted((one, other) => one.from - other.from)) {
    const last = places.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else places.push({ from, to });
  }
  return places;
}

function told(found: Finding[]) {
  const words = new Set(joined(found).map(({ from, to }) => prepared.originalOf(from, to)));
  const isDisguised = found.some(
    ({ from, to, isDisguised }) => isDisguised || prepared.isTricked(from, to),
  );
  const isDoubtful = found.every((finding) => finding.isDoubtful);
  return { words: [...words].slice(0, mostWords), isDisguised, isDoubtful };
}

/** Looks that somebody takes up soon, the newest at the end; of so many sends that wait for a lock. */
const left = new Map<string, { settings: Settings; look: Look }>();
const mostLeft = 50;

/** A look at a text, or the one that was left for this. */
export function lookOnce(text: string, settings: Settings): Look {
  const before = left.get(text);
  left.delete(text);
  return before?.settings === settings ? before.look : lookAt(text, settings);
}

/** For who looks at the same text soon again, by the same settings. */
export function leaveLook(text: string, settings: Settings, look: Look): void {
  left.set(text, { settings, look });
  const [oldest] = left.keys();
  if (left.size > mostLeft && oldest !== undefined) left.delete(oldest);
}
