import { and, eq, inArray, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { notifications } from "~/db/schema";
import { notify } from "~/live/notify.server";
import type { NotificationKind } from "./notification";

/**
 * Which of a person's notifications: all up to a count, of some kinds, of a subject, of a chat's cases, or
 * what moderators asked in a chat.
 */
export type Which =
  | { asOf: number }
  | { kinds: readonly NotificationKind[] }
  | { kind: NotificationKind; subjectId: string }
  | { casesOf: string }
  | { questionsIn: string };

/**
 * Marks the viewer's own as read, and tells all his pages. Who has nothing unread of them costs one
 * look.
 */
export async function markNotificationsRead(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
  which: Which,
): Promise<void> {
  const unread = and(eq(notifications.userId, userId), isNull(notifications.readAt), part(which));
  const [one] = await db
    .select({ id: notifications.id })
    .from(notifications)
    .where(unread)
    .limit(1);
  if (!one) return;
  await db.transaction(async (tx) => {
    // Before the rows, so that two that mark at once never wait for each other.
    await tx.execute(
      sql`select from notification_clocks where user_id = ${userId} for no key update`,
    );
    const read = await tx
      .update(notifications)
      .set({ readAt: sql`clock_timestamp()` })
      .where(unread)
      .returning({ id: notifications.id });
    if (!read.length) return;
    const [clock] = await tx.execute<{ version: number }>(sql`
      update notification_clocks
      set version = version + 1, read_version = version + 1, read_xid = pg_current_xact_id()
      where user_id = ${userId} returning version::int`);
    if (!clock) throw new Error("A person's count of notifications was not kept");
    const { version } = clock;
    await notify(tx, [{ kind: "change", chatId: userId, version, userIds: [userId] }]);
  });
}

function part(which: Which): SQL | undefined {
  if ("asOf" in which) return lte(notifications.version, which.asOf);
  if ("kinds" in which) return inArray(notifications.kind, [...which.kinds]);
  if ("casesOf" in which) return ofCases(which.casesOf);
  if ("questionsIn" in which) {
    return and(ofCases(which.questionsIn), sql`${notifications.data} ->> 'what' = 'asked'`);
  }
  return and(eq(notifications.kind, which.kind), eq(notifications.subjectId, which.subjectId));
}

const ofCases = (chatId: string) =>
  and(eq(notifications.kind, "case"), sql`${notifications.data} ->> 'chatId' = ${chatId}`);
