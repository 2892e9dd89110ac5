import type { Db } from "~/db/client.server";
import { repeat } from "~/operations/repeat.server";
import { flushHits } from "../hits.server";
import { gatherPrints } from "./gathering.server";
import { sweepPrints } from "./sweep.server";

const everyMs = 1_000;
const sweepEveryMs = 10 * 60 * 1_000;

/**
 * Looks, about once a second, at what this process sent, writes what its filters did, and now and then
 * forgets what is old. Every process does: they do not stand in each other's way.
 *
 * @returns stops it, after what is at hand is written
 */
export function startWatching(pool: Db): () => Promise<void> {
  const prints = gatherPrints(pool);
  let sweptAt = performance.now();
  async function look(): Promise<void> {
    await Promise.all([prints.flush(), flushHits(pool)]);
    if (performance.now() - sweptAt <= sweepEveryMs) return;
    sweptAt = performance.now();
    await sweepPrints(pool);
  }
  const failing = "what was sent could not be looked at for spam";
  const { run, stop } = repeat(look, { everyMs, failing });
  return async () => {
    prints.stop();
    await stop();
    await run();
  };
}
