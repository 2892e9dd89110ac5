import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { findChat } from "./clock.server";
import { maySeePicture } from "./permissions";

type Row = { bytes: number; uploader_id: string; is_sent: boolean; is_deleted: boolean };

const selectPicture = prepare<Row>(sql`
  select a.bytes, a.uploader_id, m.id is not null as is_sent, m.deleted_at is not null as is_deleted
  from attachments a left join chat_messages m on m.id = a.message_id
  where a.id = ${sql.placeholder("id")} and a.chat_id = ${sql.placeholder("chatId")}
    and a.stored_at is not null`);

/**
 * A picture that this viewer may see at this moment.
 *
 * @returns in bytes how large it is; null when there is none, or none for this viewer
 */
export async function findPicture(
  db: Db,
  viewer: Viewer,
  chatId: string,
  id: string,
): Promise<{ bytes: number } | null> {
  const chat = await findChat(db, viewer, chatId);
  if (!chat) return null;
  const [row] = await selectPicture(db, { id, chatId });
  const picture = row && {
    uploaderId: row.uploader_id,
    isSent: row.is_sent,
    isDeleted: row.is_deleted,
  };
  return picture && maySeePicture(viewer, chat, picture) ? { bytes: row.bytes } : null;
}
