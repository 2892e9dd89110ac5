import type { Db } from "~/db/client.server";
import { log } from "~/operations/log.server";
import { stepSeconds } from "../run/metrics.server";
import type { Throttle } from "../run/throttle.server";
import { isGrown, isWorthMaking, isWorthMoving, measureTable, nextTable } from "./bloat.server";
import { roomGivenBack } from "./compact-metrics.server";
import { rebuild, removeUnfinishedIndexes, vacuum } from "./maintain.server";
import { columnToTouch, moveRows } from "./move-rows.server";
import type { Place } from "./place";

/** What a transaction that moves rows aims at, in ms, because it locks them; it begins with few. */
const aimMs = 15;
const [firstPages, mostPages] = [2, 64];
/** What others write meanwhile may land behind what is moved, and keep the end from being cut off. */
const mostPasses = 3;
/** Of a table that another pass has to have made smaller, to be worth one more. */
const leastCut = 0.05;
/** By default of PostgreSQL. */
const pageBytes = 8_192;

export type Compacting = {
  throttle: Throttle;
  /** Until when it goes on, by `performance.now()`; a step further in any case. */
  until?: number;
  signal?: AbortSignal;
};

type Context = Compacting & { db: Db; atOnce: number };

/**
 * Gives the room that deleted rows left back to the file system, while all goes on: rows of the last
 * pages are moved into free room further to the front, and VACUUM cuts the empty end off. Indexes that
 * stay too large are built anew beside themselves.
 *
 * Stopped or killed anywhere, all is as good as before, and the next time goes on. Two at once do what
 * one does.
 *
 * @param place where to go on; null to begin
 * @returns where to go on the next time; null when it is done
 * @throws InUse
 */
export async function compactOn(
  db: Db,
  place: Place | null,
  compacting: Compacting,
): Promise<Place | null> {
  const { signal, until } = compacting;
  const context = { ...compacting, db, atOnce: firstPages };
  let at = place ?? (await firstLook(db, ""));
  while (at && !signal?.aborted) {
    try {
      at = await next(context, at);
    } catch (error) {
      // What was under way was told to stop: it is as if it had not begun.
      if (!signal?.aborted) throw error;
    }
    if (until !== undefined && performance.now() >= until) break;
  }
  return at;
}

async function firstLook(db: Db, after: string): Promise<Place | null> {
  const table = await nextTable(db, after);
  return table === null ? null : { table, step: "look", pass: 0, pagesBefore: 0 };
}

function next(context: Context, place: Place): Promise<Place | null> {
  switch (place.step) {
    case "look":
      return look(context, place);
    case "move":
      return move(context, place);
    case "index":
      return buildIndex(context, place);
  }
}

type At<Step extends Place["step"]> = Extract<Place, { step: Step }>;

async function look(context: Context, place: At<"look">): Promise<Place | null> {
  const { db, signal } = context;
  const { table, pass, pagesBefore } = place;
  if (pass === 0) {
    const [known, reckoned] = [
      await measureTable(db, table),
      await measureTable(db, table, "live"),
    ];
    if (!isGrown(known) && !isGrown(reckoned)) return firstLook(db, table);
  }
  const before = pass === 0 ? (await measureTable(db, table)).pages : pagesBefore;
  // Pages that deleted rows still occupy are not free yet, and what is known of the table is old.
  await timed(context, "compact-vacuum", () => vacuum(db, table, signal));
  const now = await measureTable(db, table);
  const cut = before - now.pages;
  if (cut > 0) given("table", cut, table);
  const isDone = pass >= mostPasses || (pass > 0 && cut < before * leastCut);
  if (isDone || !isWorthMoving(now)) {
    const left = now.indexes.filter(isWorthMaking).map(({ name }) => name);
    return { table, step: "index", left };
  }
  const { pages: end, needed } = now;
  return { table, step: "move", pass: pass + 1, pagesBefore: end, end, needed };
}

/** From the end, range by range, until the table is as small as it can get, or its free room is used up. */
async function move(context: Context, place: At<"move">): Promise<Place> {
  const { db, atOnce } = context;
  const { table, pass, pagesBefore, end, needed } = place;
  const over: Place = { table, step: "look", pass, pagesBefore };
  const column = end > needed ? await columnToTouch(db, table) : null;
  if (column === null) return over;
  const begin = Math.max(needed, end - atOnce);
  let outcome: Awaited<ReturnType<typeof moveRows>> = "moved";
  const tookMs = await timed(context, "compact-move", async () => {
    outcome = await moveRows(db, table, { column, begin, end });
  });
  context.atOnce = tookMs > aimMs ? Math.ceil(atOnce / 2) : Math.min(atOnce * 2, mostPages);
  // A row that somebody works on stays where it is until the next pass.
  return (outcome as string) === "full" ? over : { ...place, end: begin };
}

async function buildIndex(context: Context, { table, left }: At<"index">): Promise<Place | null> {
  const { db, signal } = context;
  await removeUnfinishedIndexes(db, table);
  const [name, ...others] = left;
  if (name === undefined) return firstLook(db, table);
  const sizeOf = async () =>
    (await measureTable(db, table)).indexes.find((index) => index.name === name)?.pages ?? 0;
  const before = await sizeOf();
  // Somebody may have taken it away meanwhile.
  if (before > 0) {
    await timed(context, "compact-index", () => rebuild(db, name, signal));
    given("index", before - (await sizeOf()), name);
  }
  return { table, step: "index", left: others };
}

/** @returns how long it took, in ms */
async function timed(
  { throttle }: Context,
  step: string,
  work: () => Promise<void>,
): Promise<number> {
  const begun = performance.now();
  await work();
  const tookMs = performance.now() - begun;
  stepSeconds.observe({ step }, tookMs / 1000);
  await throttle.rest(tookMs);
  return tookMs;
}

function given(kind: "table" | "index", pages: number, name: string): void {
  roomGivenBack.inc({ kind }, Math.max(pages, 0) * pageBytes);
  log.info({ kind, name, pages }, "room was given back");
}
