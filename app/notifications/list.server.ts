import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { isToldTo } from "~/chats/told.server";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import type { ChatOfGroup, NotificationGroup } from "./centre";
import type { NotificationKind } from "./notification";
import {
  type NotificationRow,
  notificationColumns,
  toNotification,
} from "./notification-row.server";

/** Groups on a page of the notification centre. */
export const groupsOnPage = 30;
/** Of one group, the latest; how many more there are is told. */
const shownOfGroup = 5;

export type NotificationPage = { groups: NotificationGroup[]; next: string | null };

/**
 * What somebody was told and where there are messages for him, what happened last first. The messages
 * of a chat are a group of their own, which the chat says: nothing is stored of them.
 *
 * @param after the `next` of the page before; what no list gave out starts over
 */
export async function listNotifications(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
  { after, size }: { after?: string; size: number },
): Promise<NotificationPage> {
  const place = after ? parsePlace(after) : null;
  const before = (at: SQL, id: SQL) =>
    place ? sql`(${at}, ${id}) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql`true`;
  const rows = await db.execute<{ row: Row }>(sql`
    with told as (
      select kind, subject_id as id, max(created_at) as at, count(*)::int as count,
        (count(*) filter (where read_at is null))::int as unread,
        (array_agg(data ->> 'chatId' order by version desc))[1]::uuid as chat_id
      from notifications where user_id = ${userId}
      group by kind, subject_id
    ),
    places as (
      (select 'message' as kind, c.id, c.last_message_at as at, 0 as count,
        greatest(c.last_seq - me.read_seq, 0)::int as unread, c.id as chat_id
      from chat_participants me join chats c on c.id = me.chat_id
      where me.user_id = ${userId} and me.left_at is null
        and c.status <> 'archived' and ${before(sql`c.last_message_at`, sql`c.id`)}
        and exists (select from chat_messages m where m.chat_id = c.id and ${isToldTo(sql`${userId}::uuid`)})
      order by c.last_message_at desc, c.id desc limit ${size + 1})
      union all
      (select kind, id, at, count, unread, chat_id from told where ${before(sql`at`, sql`id`)}
      order by at desc, id desc limit ${size + 1})
    )
    select to_json(x) as row from (
      select p.*, ${chatOf(userId)} as chat, ${latestOf(userId)} as latest
      from (select * from places order by at desc, id desc limit ${size + 1}) p
      order by p.at desc, p.id desc
    ) x`);
  const shown = rows.slice(0, size).map(({ row }) => row);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return { groups: shown.flatMap(toGroup), next: last ? formatPlace(last) : null };
}

type Row = {
  kind: "message" | NotificationKind;
  id: string;
  at: string;
  count: number;
  unread: number;
  chat: ChatOfGroup | null;
  latest: NotificationRow[] | null;
};

const chatOf = (userId: string): SQL => sql`(
  select json_build_object('id', c.id, 'subject', s.title, 'other', coalesce((
    select u.name from chat_participants other join users u on u.id = other.user_id
    where other.chat_id = c.id and other.user_id <> ${userId}
    order by other.role = 'moderator', other.joined_at limit 1), ''))
  from chats c join subjects s on s.id = c.subject_id where c.id = p.chat_id)`;

const latestOf = (userId: string): SQL => sql`(
  select json_agg(to_json(y)) from (
    select ${notificationColumns} from notifications n
    where p.kind <> 'message' and n.user_id = ${userId} and n.kind = p.kind and n.subject_id = p.id
    order by n.version desc limit ${shownOfGroup}
  ) y)`;

function toGroup({ kind, id, at, count, unread, chat, latest }: Row): NotificationGroup[] {
  const iso = new Date(at).toISOString();
  if (kind !== "message") {
    return [{ kind, id, at: iso, unread, count, latest: (latest ?? []).map(toNotification), chat }];
  }
  return chat ? [{ kind, id, at: iso, unread, chat }] : [];
}
