import { inArray, lt, sql } from "drizzle-orm";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "~/db/client.server";
import { rateLimits } from "~/db/schema";
import { networkOf } from "~/http/network.server";

/** `retryAfter`: whole seconds. */
export type Limited = { retryAfter: number };

/** Few enough that a sign-in does not feel them; more than it adds. */
const sweptAtOnce = 100;

/**
 * Sign-in failures of one account and of one address.
 *
 * An attempt is counted before its password is checked and given back when it was right: what is
 * counted only afterwards lets any number of attempts through at once.
 *
 * @param limit by default 10 in 15 minutes, as PRODUCT.md says
 */
export function signInLimits(db: Db, limit = { points: 10, seconds: 15 * 60 }) {
  const limiter = new RateLimiterDrizzle({
    storeClient: db,
    schema: rateLimits,
    keyPrefix: "sign-in",
    points: limit.points,
    duration: limit.seconds,
    // It would start a timer for each limiter; expired rows go with the next new window instead.
    clearExpiredByTimeout: false,
  });

  async function count(key: string): Promise<Limited | null> {
    try {
      const counted = await limiter.consume(key);
      if (counted.isFirstInDuration) await sweep(db);
      return null;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) };
    }
  }

  return {
    /** @returns null when another attempt is allowed */
    async countAttempt(email: string, address: string): Promise<Limited | null> {
      return (await count(addressKey(address))) ?? (await count(accountKey(email)));
    },
    /** The attempt was no failure after all. */
    async forgiveAttempt(email: string, address: string): Promise<void> {
      await Promise.all([limiter.reward(addressKey(address)), limiter.reward(accountKey(email))]);
    },
    /** For what tells an address whether an account exists. */
    countAddress: (address: string) => count(addressKey(address)),
    forgiveAddress: async (address: string) => void (await limiter.reward(addressKey(address))),
  };
}

function accountKey(email: string) {
  return `account:${email}`;
}

function addressKey(address: string) {
  return `address:${networkOf(address)}`;
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
