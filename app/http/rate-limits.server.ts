import { inArray, lt, sql } from "drizzle-orm";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "~/db/client.server";
import { rateLimits } from "~/db/schema";

/** `retryAfter`: whole seconds. */
export type Limited = { retryAfter: number };

/** Where a caller stands: `resetSeconds` until the window begins anew. */
export type Counted = { limited: Limited | null; remaining: number; resetSeconds: number };

/** Few enough that nobody feels them; more than one request adds. */
const sweptAtOnce = 100;

/**
 * Counts what should not happen too often, for all instances together.
 *
 * @param points how often in `seconds`
 */
export function rateLimit(
  db: Db,
  { name, points, seconds }: { name: string; points: number; seconds: number },
) {
  const limiter = new RateLimiterDrizzle({
    storeClient: db,
    schema: rateLimits,
    keyPrefix: name,
    points,
    duration: seconds,
    // It would start a timer for each limiter; expired rows go with the next new window instead.
    clearExpiredByTimeout: false,
  });
  return {
    /** @returns null when it is allowed once more */
    async count(key: string): Promise<Limited | null> {
      try {
        const counted = await limiter.consume(key);
        if (counted.isFirstInDuration) await sweep(db);
        return null;
      } catch (refusal) {
        return retryAfter(refusal);
      }
    },
    /** Counts one, and says how many are left: of what tells its callers. */
    async countAndTell(key: string): Promise<Counted> {
      const counted = await limiter.consume(key).catch((refusal: unknown) => refusal);
      if (!(counted instanceof RateLimiterRes)) throw counted;
      if (counted.isFirstInDuration) await sweep(db);
      const { consumedPoints, remainingPoints, msBeforeNext } = counted;
      return {
        limited: consumedPoints > points ? retryAfter(counted) : null,
        remaining: remainingPoints,
        resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
      };
    },
    /** @returns null when another one would be allowed; counts nothing */
    async look(key: string): Promise<Limited | null> {
      const counted = await limiter.get(key);
      return counted && counted.consumedPoints >= points ? retryAfter(counted) : null;
    },
    /** It did not happen after all. */
    async forgive(key: string): Promise<void> {
      await limiter.reward(key);
    },
  };
}

/** @throws what is no refusal of a limiter */
export function retryAfter(refusal: unknown): Limited {
  if (!(refusal instanceof RateLimiterRes)) throw refusal;
  return { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) };
}

async function sweep(db: Db) {
  const expired = db
    .select({ key: rateLimits.key })
    .from(rateLimits)
    .where(lt(rateLimits.expire, sql`now()`))
    .limit(sweptAtOnce)
    .for("update", { skipLocked: true });
  await db.delete(rateLimits).where(inArray(rateLimits.key, expired));
}
