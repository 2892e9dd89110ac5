import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { notifications } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import { notify } from "~/live/notify.server";
import type { NotificationData, NotificationKind } from "./notification";

export type NotificationDraft = {
  userId: string;
  kind: NotificationKind;
  subjectId: string;
  data: NotificationData;
};

/**
 * Tells a person something, when and only when the transaction commits: in the notification centre,
 * on open pages, and by jobs through the channels that the person chose.
 *
 * The lock of the person's count comes after all other locks but the audit log's; several people are
 * told in the order of their ids, so that two transactions never wait for each other.
 */
export async function raiseNotifications(tx: Db, drafts: NotificationDraft[]): Promise<void> {
  const inOrder = [...drafts].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  for (const draft of inOrder) await raise(tx, draft);
}

async function raise(tx: Db, draft: NotificationDraft) {
  const { userId } = draft;
  const [clock] = await tx.execute<{ version: number }>(sql`
    insert into notification_clocks (user_id, version)
    select id, 1 from users where id = ${userId} and erased_at is null
    on conflict (user_id) do update set version = notification_clocks.version + 1
    returning version::int`);
  // Who is erased is told nothing.
  if (!clock) return;
  const { version } = clock;
  const [raised] = await tx
    .insert(notifications)
    .values({ ...draft, version, createdAt: sql`clock_timestamp()` })
    .returning({ id: notifications.id });
  if (!raised) throw new Error("A notification was not stored");
  await notify(tx, [{ kind: "change", chatId: userId, version, userIds: [userId] }]);
  await addJob(tx, "push-notification", { notificationId: raised.id });
  await addJob(tx, "mail-notification", { notificationId: raised.id });
}
