import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { NotificationData, NotificationKind } from "~/notifications/notification";
import type { News } from "./news";

export type FoundNews = News & { userId: string; isRead: boolean };

/** @returns null where there is no such notification any more */
export async function findNews(db: Db, notificationId: string): Promise<FoundNews | null> {
  const [row] = await db.execute<Row>(sql`
    select n.user_id, n.kind, n.subject_id, n.data, n.created_at, n.read_at is not null as is_read,
      case when c.id is not null then jsonb_build_object(
        'title', subject.title, 'isPrivateThread', c.dispute_id is not null) end as chat,
      s.kind as sanction_kind, s.reason, s.ends_at
    from notifications n
    left join chat_participants me
      on me.user_id = n.user_id and me.chat_id = (n.data ->> 'chatId')::uuid and me.left_at is null
    left join chats c on c.id = me.chat_id
    left join subjects subject on subject.id = c.subject_id
    left join sanctions s on n.kind = 'sanction' and s.id = n.subject_id and s.user_id = n.user_id
    where n.id = ${notificationId}`);
  if (!row) return null;
  const { sanction_kind: kind, reason, ends_at: endsAt } = row;
  return {
    userId: row.user_id,
    kind: row.kind,
    subjectId: row.subject_id,
    data: row.data,
    createdAt: new Date(row.created_at),
    isRead: row.is_read,
    chat: row.chat,
    sanction: kind && { kind, reason: reason ?? "", endsAt: endsAt ? new Date(endsAt) : null },
  };
}

type Row = {
  user_id: string;
  kind: NotificationKind;
  subject_id: string;
  data: NotificationData;
  created_at: string;
  is_read: boolean;
  chat: News["chat"];
  sanction_kind: NonNullable<News["sanction"]>["kind"] | null;
  reason: string | null;
  ends_at: string | null;
};
