import type { Db } from "~/db/client.server";
import { log } from "~/operations/log.server";
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
  let isFailing = false;
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const run = async () => {
    try {
      await Promise.all([prints.flush(), flushHits(pool)]);
      if (performance.now() - sweptAt > sweepEveryMs) {
        sweptAt = performance.now();
        await sweepPrints(pool);
      }
      isFailing = false;
    } catch (error) {
      // A database that is away for an hour need not be told of each second.
      if (!isFailing) log.warn({ err: error }, "what was sent could not be looked at for spam");
      isFailing = true;
    }
  };
  let work = Promise.resolve();
  const next = () => {
    // Processes that were started together need not do it together.
    timer = setTimeout(
      () => {
        work = run().then(() => void (isStopped || next()));
      },
      everyMs * (0.75 + Math.random() / 2),
    ).unref();
  };
  next();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    prints.stop();
    await work;
    await run();
  };
}
