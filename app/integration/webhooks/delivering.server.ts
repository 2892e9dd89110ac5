import type { Db } from "~/db/client.server";
import { within } from "~/operations/deadline.server";
import { log } from "~/operations/log.server";
import { repeat } from "~/operations/repeat.server";
import { claimNext, leave, listDue } from "./claim.server";
import { countWaiting, sweepMessages } from "./keeping.server";
import { attempt, type Means } from "./send.server";
import { settle } from "./settle.server";
import { followChanges } from "./tail.server";

/** From a commit to a look at it, and from a pause's end to the next attempt; in ms. */
const everyMs = 500;
const keepMs = 10_000;
/** At a time of a process to an endpoint; to one that fails, until it answers again. */
const [mostAtOnce, mostWhileFailing] = [8, 1];
/** From being asked to stop until what is under way is left to another process, in ms. */
const leaveMs = 2_500;

/**
 * Follows what happens and tells the endpoints of it, until it is stopped, as each process that does
 * jobs may. It is no job: an endpoint that answers slowly takes none of their places.
 *
 * @returns stops it within 3 s
 */
export function startDelivering(db: Db, means: Means = {}): () => Promise<void> {
  const stopping = new AbortController();
  const leaving = new AbortController();
  /** Of each endpoint what is under way. */
  const underWay = new Map<string, Set<Promise<void>>>();

  async function look(): Promise<void> {
    await followChanges(db);
    for (const { id, isFailing } of await listDue(db)) {
      const senders = underWay.get(id) ?? new Set();
      underWay.set(id, senders);
      while (
        !stopping.signal.aborted &&
        senders.size < (isFailing ? mostWhileFailing : mostAtOnce)
      ) {
        const sender = sendDue(id).finally(() => senders.delete(sender));
        senders.add(sender);
      }
    }
  }

  /** One after the other, until nothing is due or one fails. */
  async function sendDue(endpointId: string): Promise<void> {
    try {
      while (!stopping.signal.aborted && (await sendNext(db, endpointId, ofThis)) === "delivered");
    } catch (error) {
      log.warn({ err: error, endpoint: endpointId }, "a webhook could not be sent; it waits");
    }
  }
  const ofThis: Means = { ...means, signal: leaving.signal };

  const failing = "webhooks could not be looked after; they wait";
  const looking = repeat(look, { everyMs, failing, isDue: true });
  const keeping = repeat(
    async () => {
      await countWaiting(db);
      await sweepMessages(db);
    },
    { everyMs: keepMs, failing },
  );
  return async () => {
    stopping.abort();
    await Promise.all([looking.stop(), keeping.stop()]);
    const left = Promise.all([...underWay.values()].flatMap((senders) => [...senders]));
    await within(leaveMs, left).catch(() => leaving.abort());
    await left;
  };
}

/** @returns what became of what was due for longest; null where nothing was */
export async function sendNext(
  db: Db,
  endpointId: string,
  means: Means = {},
): Promise<"delivered" | "failed" | "left" | null> {
  const claimed = await claimNext(db, endpointId);
  if (!claimed) return null;
  const attempted = await attempt(db, claimed, means);
  if (!attempted) {
    await leave(db, claimed.claim, null);
    return "left";
  }
  await settle(db, claimed, attempted);
  const { status } = attempted;
  return status !== null && status >= 200 && status < 300 ? "delivered" : "failed";
}
