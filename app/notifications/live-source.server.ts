import type { Db } from "~/db/client.server";
import type { Changes } from "~/live/change";
import type { LiveSource } from "~/live/live.server";
import { isLater } from "~/live/snapshot";
import { listNotified, readNotificationChanges } from "./changes.server";

/** Missed notifications that a stream still sends; after more than that a reload is cheaper. */
const mostMissed = 100;

/** What live streams carry, and people's notifications with it. */
export function withNotifications(source: LiveSource, db: Db): LiveSource {
  return {
    ...source,
    changed: async (since) => {
      const [of, told] = await Promise.all([source.changed(since), listNotified(db, since)]);
      return { ...earlier(of, told), chats: [...of.chats, ...told.chats] };
    },
    changesOf: async (since, chats) => {
      const [of, told] = await Promise.all([
        source.changesOf(since, chats),
        readNotificationChanges(db, since, chats),
      ]);
      return { ...together(of, told), audience: { ...of.audience, ...told.audience } };
    },
    missed: async (since, userId) => {
      const wanted = [{ chatId: userId, after: 0 }];
      const [of, told] = await Promise.all([
        source.missed(since, userId),
        readNotificationChanges(db, since, wanted, mostMissed),
      ]);
      return together(of, told);
    },
  };
}

/** Two readings are both complete up to the earlier one's snapshot. */
function earlier<Reading extends Pick<Changes, "snapshot">>(one: Reading, other: Reading) {
  return { snapshot: isLater(one.snapshot, other.snapshot) ? other.snapshot : one.snapshot };
}

function together(one: Changes, other: Changes): Changes {
  return {
    ...earlier(one, other),
    complete: one.complete && other.complete,
    changes: [...one.changes, ...other.changes],
  };
}
