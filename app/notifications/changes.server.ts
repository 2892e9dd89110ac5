import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Change, ChangedChat, Changes } from "~/live/change";
import { formatSnapshot, parseSnapshot, type Snapshot } from "~/live/snapshot";
import {
  type NotificationRow,
  notificationColumns,
  toNotification,
} from "./notification-row.server";

/**
 * What happened to people's notifications since a snapshot, each person's in the order of the count:
 * those that came, and that some were read. Each says how many are unread now. A person's id stands
 * where a chat's does.
 *
 * @param pool not a transaction: the statement is prepared
 * @param wanted whose, and after which count; ids of others than people are passed over
 * @param limit reads no more notifications than this
 * @returns `complete: false` when there was more
 */
export async function readNotificationChanges(
  pool: Db,
  since: Snapshot,
  wanted: { chatId: string; after: number }[],
  limit = Number.MAX_SAFE_INTEGER - 1,
): Promise<Changes & { audience: Record<string, string[]> }> {
  const [found] = await selectChanges(pool, {
    since: formatSnapshot(since),
    wanted: JSON.stringify(wanted),
    limit: String(limit + 1),
  });
  if (!found) throw new Error("A query without FROM gave no row");
  const people = new Map(found.people.map((person) => [person.user_id, person]));
  const came = found.notifications.map((row) => cameChange(row, people.get(row.user_id)));
  const changes = [...came, ...found.people.flatMap(readChange)];
  return {
    snapshot: parseSnapshot(found.snapshot),
    complete: found.notifications.length <= limit,
    audience: Object.fromEntries(found.people.map(({ user_id }) => [user_id, [user_id]])),
    changes: changes.sort((a, b) =>
      a.chatId === b.chatId ? a.version - b.version : a.chatId < b.chatId ? -1 : 1,
    ),
  };
}

/** Whose notifications changed since a snapshot: the cheap look at everybody's. */
export async function listNotified(
  db: Db,
  since: Snapshot,
): Promise<{ snapshot: Snapshot; chats: ChangedChat[] }> {
  const base = sql`${formatSnapshot(since)}::pg_snapshot`;
  const xmin = sql`${String(since.xmin)}::xid8`;
  const isNew = (xid: SQL) =>
    sql`${xid} >= ${xmin} and not pg_visible_in_snapshot(${xid}, ${base})`;
  const [found] = await db.execute<{ snapshot: string; chats: ChangedChat[] }>(sql`
    with changed as (
      select user_id, max(version) as version from (
        select user_id, version from notifications where ${isNew(sql`created_xid`)}
        union all
        select user_id, read_version from notification_clocks where ${isNew(sql`read_xid`)}
      ) rows group by user_id
    )
    select pg_current_snapshot()::text as snapshot,
      (select coalesce(jsonb_agg(jsonb_build_object('chatId', user_id, 'version', version,
          'userIds', jsonb_build_array(user_id))), '[]') from changed) as chats`);
  if (!found) throw new Error("A query without FROM gave no row");
  return { snapshot: parseSnapshot(found.snapshot), chats: found.chats };
}

type Person = {
  user_id: string;
  version: number;
  unread: number;
  /** Null where nothing was read meanwhile. */
  read_version: number | null;
  read_xid: string | null;
};
type Found = {
  snapshot: string;
  notifications: (NotificationRow & { created_xid: string })[];
  people: Person[];
};

const since = sql`${sql.placeholder("since")}::text::pg_snapshot`;
const isNew = (xid: SQL) =>
  sql`(${xid} >= pg_snapshot_xmin(${since}) and not pg_visible_in_snapshot(${xid}, ${since}))`;

const selectChanges = prepare<Found>(sql`
  with wanted as (
    select "chatId" as user_id, "after" from jsonb_to_recordset(
      ${sql.placeholder("wanted")}::text::jsonb) as t("chatId" uuid, "after" bigint)
  ), people as (
    select c.user_id, c.version, w.after,
      case when c.read_version > w.after and ${isNew(sql`c.read_xid`)} then c.read_version end
        as read_version,
      case when ${isNew(sql`c.read_xid`)} then c.read_xid::text end as read_xid,
      (select count(*)::int from notifications n where n.user_id = c.user_id and n.read_at is null)
        as unread
    from wanted w join notification_clocks c on c.user_id = w.user_id and c.version > w.after
  )
  select pg_current_snapshot()::text as snapshot,
    (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
      select ${notificationColumns}, n.created_xid::text
      from people p
      join notifications n on n.user_id = p.user_id and n.version > p.after
        and ${isNew(sql`n.created_xid`)}
      limit ${sql.placeholder("limit")}::text::bigint
    ) x) as notifications,
    (select coalesce(jsonb_agg(to_jsonb(p)), '[]') from people p) as people`);

/** How many are unread, and as of which count: of two that say so the later one is right. */
const unreadOf = (person: Person | undefined) => ({
  unread: person?.unread ?? 0,
  asOf: Number(person?.version ?? 0),
});

function cameChange(row: NotificationRow & { created_xid: string }, person?: Person): Change {
  const notification = toNotification(row);
  return {
    chatId: row.user_id,
    version: notification.version,
    xid: BigInt(row.created_xid),
    event: "notification.created",
    data: { notification, ...unreadOf(person) },
  };
}

function readChange(person: Person): Change[] {
  if (person.read_version === null || person.read_xid === null) return [];
  return [
    {
      chatId: person.user_id,
      version: Number(person.read_version),
      xid: BigInt(person.read_xid),
      event: "notification.read",
      data: unreadOf(person),
    },
  ];
}
