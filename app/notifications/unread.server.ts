import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";

/** How many notifications are unread, messages apart, as of the person's count of what happened to them. */
export type UnreadNotifications = { unread: number; asOf: number };

/** Prepared, because every page says it. */
const selectUnread = prepare<UnreadNotifications>(sql`
  select
    (select count(*)::int from notifications n
      where n.user_id = ${sql.placeholder("userId")} and n.read_at is null) as unread,
    coalesce((select c.version::int from notification_clocks c
      where c.user_id = ${sql.placeholder("userId")}), 0) as "asOf"`);

export async function readUnreadNotifications(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
): Promise<UnreadNotifications> {
  const [row] = await selectUnread(db, { userId });
  return row ?? { unread: 0, asOf: 0 };
}
