import { filterActions } from "~/db/schema";
import type { Detector, Finding, Surroundings } from "./detector";
import { detectors } from "./detectors";
import type { FilterKind, Stage } from "./filters";
import { mayBePart } from "./may-be-part";
import { isTricked, originalOf, type Prepared, prepare } from "./prepare";
import { compiledRules, type Settings } from "./settings";
import { findSplit } from "./split";
import { allowed, type FilterAction, type Reason, type Verdict } from "./verdict";

/** Where a message stands. */
export type Context = {
  stage: Stage;
  /**
   * The sender's own messages directly before this one in this chat, oldest first: nobody else's
   * between them.
   */
  earlier: { seq: number; body: string }[];
  /** In how many chats the sender wrote the same, or nearly. */
  bulkChats?: number;
  /** To how many chats an account younger than a day wrote first. */
  newChats?: number;
};

type FoundAction = Reason["action"];

/** What a filter does at a stage; null where it does nothing. */
function actionOf({ filters }: Settings, kind: FilterKind, stage: Stage): FoundAction | null {
  const { isOn, actions } = filters[kind];
  const action = actions[stage];
  return isOn && action !== "allow" ? action : null;
}

function isUsed({ filters }: Settings, kind: FilterKind): boolean {
  const { isOn, actions } = filters[kind];
  return isOn && Object.values(actions).some((action) => action !== "allow");
}

function surroundingsOf(settings: Settings, kind: FilterKind, isJoined: boolean): Surroundings {
  const { allowedDomains, phoneCountries, filters } = settings;
  return { strength: filters[kind].strength, allowedDomains, phoneCountries, isJoined };
}

/** What the sender is shown: more than this helps nobody. */
const mostWords = 10;

function reasonOf(
  kind: FilterKind,
  action: FoundAction,
  prepared: Prepared,
  found: Finding[],
): Reason {
  const words = new Set(found.map(({ from, to }) => originalOf(prepared, from, to)));
  const isDisguised = found.some(
    ({ from, to, isDisguised }) => isDisguised || isTricked(prepared, from, to),
  );
  return {
    kind,
    action,
    words: [...words].slice(0, mostWords),
    ...(isDisguised ? { isDisguised: true } : {}),
  };
}

/** What was found by which settings: a message is judged right after it turned out not to be plain. */
const known = new WeakMap<Settings, WeakMap<Prepared, Map<Detector, Finding[]>>>();

function find(detector: Detector, prepared: Prepared, settings: Settings): Finding[] {
  const ofSettings = known.get(settings) ?? new WeakMap<Prepared, Map<Detector, Finding[]>>();
  known.set(settings, ofSettings);
  const ofText = ofSettings.get(prepared) ?? new Map<Detector, Finding[]>();
  ofSettings.set(prepared, ofText);
  const before = ofText.get(detector);
  if (before) return before;
  const found = detector.find(prepared, surroundingsOf(settings, detector.kind, false));
  ofText.set(detector, found);
  return found;
}

/** The texts that were looked at last, the newest at the end: of so many sends that wait for a lock. */
const recent = new Map<string, Prepared>();
const mostRecent = 50;

function prepareOnce(text: string): Prepared {
  const prepared = recent.get(text) ?? prepare(text);
  recent.delete(text);
  recent.set(text, prepared);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
  return prepared;
}

function ofWords(prepared: Prepared, stage: Stage, settings: Settings): Reason[] {
  const reasons: Reason[] = [];
  for (const detector of detectors) {
    const action = actionOf(settings, detector.kind, stage);
    if (!action) continue;
    const found = find(detector, prepared, settings);
    if (found.length > 0) reasons.push(reasonOf(detector.kind, action, prepared, found));
  }
  return reasons;
}

function ofRules(prepared: Prepared, stage: Stage, settings: Settings): Reason[] {
  const reasons: Reason[] = [];
  for (const { rule, find } of compiledRules(settings)) {
    if (!rule.stages.includes(stage)) continue;
    const words = new Set(find(prepared));
    if (words.size === 0) continue;
    const { id, version, message, action } = rule;
    reasons.push({
      kind: "rule",
      action,
      words: [...words].slice(0, mostWords),
      rule: { id, version, message },
    });
  }
  return reasons;
}

/** What is known of the sender without anybody's text being read. */
function ofSender({ bulkChats, newChats, stage }: Context, settings: Settings): Reason[] {
  const reasons: Reason[] = [];
  const bulk = bulkChats && actionOf(settings, "bulk", stage);
  if (bulk) reasons.push({ kind: "bulk", action: bulk, words: [], chats: bulkChats });
  const fresh = newChats && actionOf(settings, "new_account", stage);
  if (fresh) reasons.push({ kind: "new_account", action: fresh, words: [], chats: newChats });
  return reasons;
}

/** What is in no message alone, but in several of the sender's own together, this one the last of them. */
function ofSplit(text: string, { earlier, stage }: Context, settings: Settings): Reason[] {
  const reasons: Reason[] = [];
  for (const detector of detectors) {
    const action = detector.canBeSplit && actionOf(settings, detector.kind, stage);
    if (!action) continue;
    const surroundings = surroundingsOf(settings, detector.kind, true);
    const split = findSplit(detector, earlier, text, surroundings);
    if (split) reasons.push({ kind: detector.kind, action, ...split });
  }
  return reasons;
}

/**
 * What becomes of a message. Pure and synchronous: all that it may look at is handed in, and that is
 * never another chat's content. All reasons are kept; the strongest of their actions wins.
 *
 * A usual line costs 0.1 ms, 4,000 characters 2 to 3 ms (`npm run bench -- safety`), and nothing that
 * was written to make it slow more than 50 ms.
 */
export function judge(text: string, context: Context, settings: Settings): Verdict {
  const { stage, earlier } = context;
  const prepared = prepareOnce(text);
  const reasons = ofWords(prepared, stage, settings);
  if (earlier.length > 0 && mayBePart(prepared)) {
    const kinds = new Set(reasons.map(({ kind }) => kind));
    reasons.push(...ofSplit(text, context, settings).filter(({ kind }) => !kinds.has(kind)));
  }
  reasons.push(...ofRules(prepared, stage, settings), ...ofSender(context, settings));
  if (reasons.length === 0) return allowed;
  return { action: strongest(reasons), reasons };
}

function strongest(reasons: Reason[]): FilterAction {
  const places = reasons.map(({ action }) => filterActions.indexOf(action));
  return filterActions[Math.max(...places)] ?? "allow";
}

/**
 * Whether a message is allowed at every stage for its words alone, and cannot be the rest of something
 * that was split over several. Such a message needs no look at where it stands.
 */
export function isPlain(text: string, settings: Settings): boolean {
  const prepared = prepareOnce(text);
  if (mayBePart(prepared)) return false;
  return (
    detectors.every(
      (detector) =>
        !isUsed(settings, detector.kind) || find(detector, prepared, settings).length === 0,
    ) && compiledRules(settings).every(({ find }) => find(prepared).length === 0)
  );
}
