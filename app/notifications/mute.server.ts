import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { notify } from "~/live/notify.server";
import type { MuteTime } from "./mute-form";

const ends: Record<MuteTime, SQL> = {
  "1h": sql`now() + interval '1 hour'`,
  "8h": sql`now() + interval '8 hours'`,
  week: sql`now() + interval '7 days'`,
  ever: sql`'infinity'`,
};

/**
 * Calls the viewer for this chat no more until the time is over; what comes still counts as unread.
 * The other side is not told. His other pages and devices follow at once.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function muteChat(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { chatId, time }: { chatId: string; time: MuteTime },
) {
  return (await setMuted(db, viewer, chatId, ends[time])) && { muted: true };
}

/** Calls him again: for what comes from now on, not for what came meanwhile. */
export async function unmuteChat(db: Db, viewer: Pick<Viewer, "id">, chatId: string) {
  return (await setMuted(db, viewer, chatId, sql`null`)) && { muted: false };
}

function setMuted(db: Db, viewer: Pick<Viewer, "id">, chatId: string, until: SQL) {
  return db.transaction(async (tx) => {
    const [muted] = await tx.execute(sql`
      update chat_participants set muted_until = ${until}
      where chat_id = ${chatId} and user_id = ${viewer.id} and left_at is null
      returning 1`);
    if (muted) await notify(tx, [{ kind: "person-changed", userId: viewer.id }]);
    return muted ?? null;
  });
}
