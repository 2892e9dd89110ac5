import type { Db } from "~/db/client.server";
import { isUnavailable } from "~/db/unavailable.server";
import { within } from "~/operations/deadline.server";
import { tellCommitted } from "./committed.server";
import { storeBatch } from "./send-batch.server";
import { batchSizes, commitSeconds } from "./send-metrics.server";
import { storeOne } from "./send-one.server";
import type { Asked, SentChange } from "./sent-change.server";

/** After this a batch is not waited for, so that the next ones can go another way, in ms. */
const patienceMs = 5_000;

const uniqueViolation = "23505";

/** The database did not answer in time: as unknown as a connection that broke. */
class NoAnswer extends Error {
  readonly code = "ETIMEDOUT";
}

/**
 * Commits a batch, and tells the process's own streams of it. What broke with its connection is
 * tried once more, and so is a batch that met another instance's message with the same client id,
 * which the second try sees. Whatever became of the first try, client ids make the second safe.
 *
 * @returns as `storeBatch`
 * @throws when nothing was stored, or `isLost`
 */
export async function commitBatch(pool: Db, asked: Asked[]): Promise<(SentChange | undefined)[]> {
  try {
    return await commitInTime(pool, asked);
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    if (!isLost(error) && codeOf(error) !== uniqueViolation) throw error;
    return commitInTime(pool, asked);
  }
}

/** Whether a failure leaves open what became of a batch, or would only come again. */
export function isLost(error: unknown): boolean {
  // A lock that was waited for in vain, or two transactions that met: nothing was stored.
  return isUnavailable(error) && !/^(40...|55P03)$/.test(codeOf(error));
}

function commitInTime(pool: Db, asked: Asked[]) {
  return within(patienceMs, commit(pool, asked), () => new NoAnswer("No answer to a batch"));
}

async function commit(pool: Db, asked: Asked[]) {
  const observe = commitSeconds.startTimer();
  const [first, ...more] = asked;
  const isOne = first && !more.length;
  const changes = isOne ? [await storeOne(pool, first)] : await storeBatch(pool, asked);
  const stored = changes.filter((change) => change !== undefined);
  if (stored.length) {
    observe();
    batchSizes.observe(stored.length);
    // Here, so that also a batch that nobody waits for any more is told of.
    tellCommitted(pool, stored);
  }
  return changes;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
