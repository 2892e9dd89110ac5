import type { Storage } from "./storage";

/** A load balancer, or several, ask every second; a check writes to disk or asks a paid service. */
const freshMs = 5_000;

/** Whether the storage can be used, as it was found within the last seconds. */
export function storageReadiness(storage: Storage, now = Date.now): () => Promise<boolean> {
  let last: { at: number; outcome: Promise<void> } | undefined;
  return async () => {
    if (!last || now() - last.at >= freshMs) last = { at: now(), outcome: storage.check() };
    await last.outcome;
    return true;
  };
}
