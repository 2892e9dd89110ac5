import { RateLimiterMemory } from "rate-limiter-flexible";
import { type Limited, retryAfter } from "~/http/rate-limits.server";

type Rates = { perSecond: number; burst: number; perMinute: number };

/**
 * How fast one user may send. Counted in the process: a row for each send would cost as much as the
 * send itself, and somebody who spreads his sends over several processes gains little.
 *
 * @returns takes a send of a user, and says in how many seconds he may try again when it is too soon
 */
export function sendLimits({ perSecond, burst, perMinute }: Rates) {
  const windows = [
    new RateLimiterMemory({ points: burst, duration: burst / perSecond }),
    new RateLimiterMemory({ points: perMinute, duration: 60 }),
  ];
  return async (userId: string): Promise<Limited | null> => {
    for (const window of windows) {
      try {
        await window.consume(userId);
      } catch (refusal) {
        return retryAfter(refusal);
      }
    }
    return null;
  };
}
