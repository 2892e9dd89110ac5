import type { Db } from "~/db/client.server";
import type { CommittedChange } from "~/live/change";
import { log } from "~/operations/log.server";

type Listener = (changes: CommittedChange[]) => void;

const listeners = new WeakMap<Db, Set<Listener>>();

/**
 * Tells of messages that this process sent, as soon as they are committed and complete as
 * `readChanges` would read them, so that its own streams need not read them. Only a short cut: what
 * other processes commit, what is sent inside of an outer transaction, and whatever else changes a
 * chat comes by notification, as all of this does, too.
 *
 * Within a chat versions ascend as long as nobody waits for a lock; between two of them others may
 * have committed.
 *
 * @returns stops it
 */
export function onCommitted(db: Db, listener: Listener): () => void {
  const all = listeners.get(db) ?? new Set();
  listeners.set(db, all.add(listener));
  return () => void all.delete(listener);
}

/** Whatever a listener does, the messages are committed and their senders must hear it. */
export function tellCommitted(db: Db, changes: CommittedChange[]): void {
  for (const listener of listeners.get(db) ?? []) {
    try {
      listener(changes);
    } catch (error) {
      log.error({ err: error }, "a commit could not be handed to the streams of its process");
    }
  }
}
