import type { Change } from "./change";
import { deliveryLatency } from "./live-metrics.server";

/**
 * How far the database's clock is ahead of ours, in ms, from questions that took some time each:
 * right to half of the shortest one's. Its clock and ours may both be wrong, and an hour apart.
 */
export class DatabaseClock {
  /** In ms; null before the first measurement. */
  ahead: number | null = null;
  private shortest = Number.POSITIVE_INFINITY;

  /**
   * @param writtenAt its clock, Unix time in ms
   * @returns ms since then; null where that is not known
   */
  ageOf(writtenAt: number | undefined): number | null {
    if (writtenAt === undefined || this.ahead === null) return null;
    return Date.now() + this.ahead - writtenAt;
  }

  /**
   * @param askedAt, answeredAt our clock, Unix time in ms
   * @param databaseTime its clock meanwhile, Unix time in ms
   */
  measure(askedAt: number, databaseTime: number, answeredAt: number): void {
    const trip = answeredAt - askedAt;
    const ahead = databaseTime - (askedAt + answeredAt) / 2;
    // Grows again, so that a clock that was set or drifts is followed.
    this.shortest = Math.min(this.shortest * 1.2 + 0.1, 1_000);
    const isSet = this.ahead !== null && Math.abs(ahead - this.ahead) > trip + this.shortest;
    if (this.ahead !== null && trip > this.shortest && !isSet) return;
    this.shortest = trip;
    this.ahead = ahead;
  }
}

export function measureDelivery(
  { writtenAt }: Change,
  path: "own" | "others",
  clock: DatabaseClock,
): void {
  const ms = clock.ageOf(writtenAt);
  if (ms !== null) deliveryLatency.observe({ path }, Math.max(0, ms) / 1000);
}
