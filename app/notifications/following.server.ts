import type { Db } from "~/db/client.server";
import { repeat } from "~/operations/repeat.server";
import { followMessages } from "./tail.server";
import { tailSeconds } from "./tail-metrics.server";

/** Of the time until somebody is told; a look that finds nothing is two short queries. In ms. */
const everyMs = 1_000;

/**
 * Follows new messages until it is stopped, as each process that does jobs may.
 *
 * @returns stops it
 */
export function startFollowing(pool: Db): () => Promise<void> {
  async function look(): Promise<void> {
    const startedAt = performance.now();
    const jobs = await followMessages(pool);
    if (jobs !== null) tailSeconds.observe((performance.now() - startedAt) / 1_000);
  }
  return repeat(look, { everyMs, failing: "new messages could not be followed" }).stop;
}
