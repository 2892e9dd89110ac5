import { type SQL, sql } from "drizzle-orm";
import type { Notification, NotificationData, NotificationKind } from "./notification";

/** A row of `notificationColumns`, as PostgreSQL's `to_jsonb` gives it. */
export type NotificationRow = {
  id: string;
  user_id: string;
  kind: NotificationKind;
  subject_id: string;
  version: number;
  data: NotificationData;
  created_at: string;
  read_at: string | null;
};

/** Expects the alias `n`. */
export const notificationColumns: SQL = sql`
  n.id, n.user_id, n.kind, n.subject_id, n.version, n.data, n.created_at, n.read_at`;

export function toNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    version: Number(row.version),
    data: row.data,
    createdAt: new Date(row.created_at).toISOString(),
    readAt: row.read_at && new Date(row.read_at).toISOString(),
  };
}
