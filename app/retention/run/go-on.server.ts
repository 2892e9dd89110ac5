import type { Db } from "~/db/client.server";
import { log } from "~/operations/log.server";
import { askForCompaction } from "../compact/compact-job.server";
import { type DueKind, dueKinds } from "../due";
import { readDue } from "../due.server";
import type { Means } from "../means";
import { readRetention } from "../settings.server";
import { countFindings } from "./findings";
import { endRun, findRun, type Gain, noteProgress } from "./ledger.server";
import { chatsDone, messagesDone, stepSeconds } from "./metrics.server";
import type { Place } from "./run";
import { Throttle } from "./throttle.server";
import type { StepDone, Work } from "./work";

/** How often a chat that takes long lets its run say that it lives, in ms. */
const beatMs = 10_000;

export type Going = {
  means: Means;
  work: Work;
  /** How much of the time it works, from 1 to 100. */
  share: number;
  /** Until when it goes on, by `performance.now()`; then there is more to do. */
  until?: number;
  signal?: AbortSignal;
  pause?: (ms: number) => Promise<void>;
};

type Context = Going & {
  db: Db;
  runId: string;
  asOf: Date;
  isDryRun: boolean;
  throttle: Throttle;
  /** How many more failures of single chats are told of: a storage that is away fails for all. */
  toTell: { left: number };
};

/** Failures that one turn tells of in the log; the count of all is in the run. */
const mostTold = 10;

/**
 * Goes on with a run from where it stands. What is done is noted chat by chat: whoever goes on after
 * a kill begins at the chat that it hit, and what was done to that is done again to the same end.
 *
 * @returns `more`: its time is up, or it has to stop
 * @throws RunEnded when it was ended meanwhile; what fails for all chats, such as the database
 */
export async function goOn(db: Db, runId: string, going: Going): Promise<"done" | "more"> {
  const run = await findRun(db, runId);
  if (run?.state !== "running") return "done";
  const { share, signal, pause } = going;
  const throttle = new Throttle(db, { share, signal, pause });
  const { isDryRun } = run;
  const toTell = { left: mostTold };
  const asOf = new Date(run.asOf);
  const context = { ...going, db, runId, asOf, isDryRun, throttle, toTell };
  let place: Place | null = run.place;
  while (place) {
    if (isOver(going)) return "more";
    place = await next(context, place);
  }
  const end = await findRun(db, runId);
  if (end && !isDryRun && end.archived + end.deleted > 0) await askForCompaction(db);
  await endRun(db, runId, "done");
  return "done";
}

const isOver = ({ until, signal }: Going) =>
  signal?.aborted || (until !== undefined && performance.now() >= until);

/** One page of what stands there. @returns null behind the last */
async function next(context: Context, place: Place): Promise<Place | null> {
  switch (place.phase) {
    case "count":
      return countPage(context, place);
    case "resume":
      return resumePage(context, place);
    case "do":
      return doPage(context, place);
    case "erase":
      await context.work.erase(context.db, context.asOf);
      return null;
  }
}

type InKind = Extract<Place, { kind: DueKind }>;

const kindBehind = (kind: DueKind) => dueKinds[dueKinds.indexOf(kind) + 1];

async function countPage(context: Context, place: InKind): Promise<Place | null> {
  const { db, runId, isDryRun, throttle } = context;
  const { kind } = place;
  const begun = performance.now();
  const page = await readPage(context, place);
  const findings = countFindings((await findRun(db, runId))?.findings ?? [], kind, page.chats);
  const free = page.chats.filter(({ isHeld }) => !isHeld);
  const later = kindBehind(kind);
  const to: Place | null = page.next
    ? { ...place, after: page.next }
    : later
      ? { phase: "count", kind: later, after: null }
      : isDryRun
        ? null
        : { phase: "resume", after: null };
  const gain: Gain = { due: free.length };
  if (isDryRun) {
    gain[gains[kind]] = free.length;
    gain.held = page.chats.length - free.length;
    gain.messages = kind === "close" ? 0 : free.reduce((sum, one) => sum + one.messages, 0);
  }
  await noteProgress(db, runId, { gain, findings, ...(to && { place: to }) });
  await throttle.rest(performance.now() - begun);
  return to;
}

const gains = { close: "closed", archive: "archived", delete: "deleted" } as const;

async function readPage({ db, asOf }: Context, { kind, after }: InKind) {
  const { byStage } = await readRetention(db);
  return readDue(db, kind, { byStage, now: asOf, after });
}

async function resumePage(
  context: Context,
  place: Extract<Place, { phase: "resume" }>,
): Promise<Place> {
  const left = await context.work.listLeft(context.db, place.after);
  for (const chatId of left) {
    if (isOver(context)) return place;
    const gain = await doOne(context, "resume", chatId);
    if (!gain) return place;
    place = { phase: "resume", after: chatId };
    await noteProgress(context.db, context.runId, { gain, place });
  }
  return left.length ? place : { phase: "do", kind: "close", after: null };
}

async function doPage(context: Context, place: InKind): Promise<Place> {
  const page = await readPage(context, place);
  const { kind } = place;
  for (const { id, at, isHeld } of page.chats) {
    if (isOver(context)) return place;
    const gain = isHeld ? { held: 1 } : await doOne(context, kind, id);
    // It was cut off half way: it is the first one of whoever goes on.
    if (!gain) return place;
    place = { phase: "do", kind, after: { at, id } };
    await noteProgress(context.db, context.runId, { gain, place });
  }
  const later = kindBehind(kind);
  const to: Place = page.next
    ? { phase: "do", kind, after: page.next }
    : later
      ? { phase: "do", kind: later, after: null }
      : { phase: "erase" };
  await noteProgress(context.db, context.runId, { place: to });
  return to;
}

/**
 * One chat. What fails for it alone is counted and logged, waits for the next run, and holds up no
 * other.
 *
 * @returns null when it was cut off because the process has to stop
 */
async function doOne(
  { db, runId, asOf, work, means, throttle, signal, toTell }: Context,
  what: DueKind | "resume",
  chatId: string,
): Promise<Gain | null> {
  let [begun, beatAt] = [performance.now(), performance.now()];
  const rest = async (workedMs: number) => {
    stepSeconds.observe({ step: what }, workedMs / 1000);
    if (performance.now() - beatAt > beatMs) {
      beatAt = performance.now();
      await noteProgress(db, runId, {});
    }
    await throttle.rest(workedMs);
    begun = performance.now();
  };
  try {
    const done = await work[what](db, { ...means, signal, rest }, chatId, asOf);
    await rest(performance.now() - begun);
    return gainOf(done);
  } catch (error) {
    if (signal?.aborted) return null;
    // Asked of the run itself: where the database is away, nothing of this chat is to be told.
    await noteProgress(db, runId, {});
    toTell.left -= 1;
    const line = { chatId, step: what, err: error };
    if (toTell.left >= 0) log.warn(line, "a chat could not be taken a step further");
    if (toTell.left === 0) log.warn("others that cannot be are counted, and not told of");
    chatsDone.inc({ outcome: "failed" });
    return { failed: 1 };
  }
}

function gainOf({ outcome, messages, bytes }: StepDone): Gain {
  chatsDone.inc({ outcome });
  messagesDone.inc({ outcome }, messages);
  switch (outcome) {
    case "closed":
    case "archived":
    case "deleted":
      return { [outcome]: 1, messages, bytes };
    case "held":
      return { held: 1 };
    case "restored":
    case "notDue":
    case "superseded":
      return {};
  }
}
