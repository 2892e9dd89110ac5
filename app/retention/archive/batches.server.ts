import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { type Means, Superseded, step } from "../means";
import type { ArchiveState, Attempt } from "./ledger.server";

/** What a batch should take, in ms: its locks are gone long before 50 ms, on a busy machine too. */
const wantedMs = 10;
/** What takes longer is broken off, and done in smaller ones: no lock is held for 50 ms. */
const mostMs = 40;
/** Rows of a batch: the first one, at least where none is broken off, and at most. */
const [first, least, most] = [100, 10, 2_000];

/** How many rows the next batch should have, after one of so many that took so long. */
export function nextSize(size: number, tookMs: number): number {
  const fitting = (size * wantedMs) / Math.max(tookMs, 0.5);
  return Math.round(Math.min(Math.max(Math.min(fitting, size * 2), least), most));
}

/**
 * @param at how many were asked for by the batches before
 * @param last how many rows the batch before changed; null at the first
 * @returns null at the end
 */
export type NextBatch = (of: { size: number; at: number; last: number | null }) => SQL | null;

/** To stand in the statement of a batch: whether its attempt is the last one. */
export const isLastAttempt = sql.raw("exists (select from attempt)");

/**
 * Does something to many rows, a few at a time: each batch is one statement in a transaction of its
 * own, and takes hold of the row of its attempt, so that an attempt that is not the last one
 * any more changes nothing.
 *
 * @param next the statement, without its RETURNING; it changes something only where `isLastAttempt`
 * @returns how many rows were changed
 * @throws Superseded
 */
export async function inBatches(
  db: Db,
  means: Means,
  { chatId, token }: Attempt,
  state: ArchiveState,
  next: NextBatch,
): Promise<number> {
  let [done, at, size] = [0, 0, first];
  for (let last: number | null = null; ; ) {
    const change = next({ size, at, last });
    if (!change) return done;
    const begun = performance.now();
    const row = await inTime(
      db,
      size > 1,
      sql`
      with attempt as materialized (
        select 1 from chat_archives where chat_id = ${chatId}
          and stepped_at = ${token}::timestamptz and state = ${state} for share
      ), changed as (${change} returning 1)
      select ${isLastAttempt} as is_last, (select count(*) from changed)::int as changed`,
    );
    const tookMs = performance.now() - begun;
    if (row) {
      if (!row.is_last) throw new Superseded();
      last = row.changed;
      done += last;
      at += size;
      size = nextSize(size, tookMs);
    } else {
      size = Math.ceil(size / 4);
    }
    await means.rest?.(tookMs, row?.changed ?? 0);
    await step(means, "batch");
  }
}

type Changed = { is_last: boolean; changed: number };

/** @returns null when it took too long, and nothing was changed */
async function inTime(db: Db, isLimited: boolean, batch: SQL): Promise<Changed | undefined | null> {
  try {
    return await db.transaction(async (tx) => {
      if (isLimited) {
        await tx.execute(sql`select set_config('statement_timeout', ${`${mostMs}ms`}, true)`);
      }
      const [row] = await tx.execute<Changed>(batch);
      return row;
    });
  } catch (error) {
    if (isLimited && isCancelled(error)) return null;
    throw error;
  }
}

/** What PostgreSQL says of a statement that ran into its `statement_timeout`. */
const isCancelled = (error: unknown) =>
  [error, (error as Error | null)?.cause].some(
    (one) => (one as { code?: unknown } | null)?.code === "57014",
  );
