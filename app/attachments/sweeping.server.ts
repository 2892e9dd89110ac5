import type { Db } from "~/db/client.server";
import { log } from "~/operations/log.server";
import type { Storage } from "~/storage/storage";
import { sweepStaged } from "./sweep.server";

const firstMs = 60 * 1000;
const everyMs = 15 * 60 * 1000;

/**
 * Sweeps now and then, until it is stopped. Every process does: they do not stand in each other's way.
 *
 * @returns stops it
 */
export function startSweeping(db: Db, storage: Storage): () => void {
  let timer: NodeJS.Timeout;
  // Instances that were started together need not do it together.
  const after = (ms: number) => {
    timer = setTimeout(sweep, ms * (1 + Math.random() / 2)).unref();
  };
  const sweep = async () => {
    try {
      const removed = await sweepStaged(db, storage);
      if (removed > 0) log.info({ removed }, "pictures that no message took were removed");
    } catch (error) {
      log.warn({ err: error }, "pictures that no message took could not be removed");
    }
    after(everyMs);
  };
  after(firstMs);
  return () => clearTimeout(timer);
}
