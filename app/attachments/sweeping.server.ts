import type { Db } from "~/db/client.server";
import { log } from "~/operations/log.server";
import type { Storage } from "~/storage/storage";
import { sweepStaged } from "./sweep.server";

const everyMs = 15 * 60 * 1000;

/**
 * Sweeps now and then, until it is stopped. Every process does: they do not stand in each other's way.
 *
 * @returns stops it
 */
export function startSweeping(db: Db, storage: Storage): () => void {
  let running = false;
  const sweep = async () => {
    if (running) return;
    running = true;
    try {
      const removed = await sweepStaged(db, storage);
      if (removed > 0) log.info({ removed }, "pictures that no message took were removed");
    } catch (error) {
      log.warn({ err: error }, "pictures that no message took could not be removed");
    } finally {
      running = false;
    }
  };
  // Instances that were started together need not do it together.
  const timer = setInterval(() => void sweep(), everyMs * (0.75 + Math.random() / 2)).unref();
  return () => clearInterval(timer);
}
