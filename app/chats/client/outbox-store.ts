import { createStore, promisifyRequest, type UseStore } from "idb-keyval";
import type { Pending } from "./outbox";

/** Where messages wait that a closed tab or a night without a connection must not lose. */
export type OutboxStore = {
  /** Of all tabs of this person on this browser. */
  load(): Promise<Pending[]>;
  put(item: Pending): Promise<void>;
  remove(clientId: string): Promise<void>;
};

/** How long what was kept may take to come, in ms. */
const patience = 2_000;

/**
 * Keeps each person's messages apart, so that whoever signs in next on this browser sees none of
 * them. Where a browser keeps nothing (private windows, a full disk), the page's memory has to do.
 */
export function outboxStore(userId: string): OutboxStore {
  let opened: UseStore | undefined;
  async function tryTo<Result>(
    work: (store: UseStore) => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      opened ??= createStore(`parley outbox ${userId}`, "messages");
      return await work(opened);
    } catch {
      return undefined;
    }
  }
  const change = (work: (store: IDBObjectStore) => void) =>
    tryTo((open) =>
      open("readwrite", (store) => {
        work(store);
        return promisifyRequest(store.transaction);
      }),
    );
  return {
    load: async () => {
      const read = tryTo<Pending[]>((open) =>
        open("readonly", (store) => promisifyRequest(store.getAll())),
      );
      return (await soon(read)) ?? [];
    },
    put: (item) => change((store) => store.put(item, item.clientId)),
    remove: (clientId) => change((store) => store.delete(clientId)),
  };
}

/** Some browsers' databases hang for a while after a start; messages do not wait for that. */
function soon<Result>(work: Promise<Result>): Promise<Result | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience));
  return Promise.race([work, late]);
}
