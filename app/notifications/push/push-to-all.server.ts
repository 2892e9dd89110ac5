import type { Db } from "~/db/client.server";
import { type Push, sendPush } from "./send-push.server";
import type { Subscription } from "./subscriptions.server";

/**
 * Pushes to all of a person's devices at once, so that one whose service is slow holds up no other.
 *
 * @returns when those are to be tried again that were not to be reached, and whether others are done
 * @throws what was no answer of a push service, when all others are done
 */
export async function pushToAll(
  db: Db,
  subscriptions: readonly Subscription[],
  push: Push,
  now: Date,
): Promise<{ retryAt: Date | null; areSomeDone: boolean }> {
  const sent = await Promise.allSettled(
    subscriptions.map((subscription) => sendPush(db, subscription, push, now)),
  );
  const failed = sent.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  const times = sent.flatMap((one) =>
    one.status === "fulfilled" && one.value ? [one.value.retryAt.getTime()] : [],
  );
  return {
    retryAt: times.length ? new Date(Math.min(...times)) : null,
    areSomeDone: times.length < sent.length,
  };
}
