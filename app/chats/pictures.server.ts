import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { findChat } from "./clock.server";
import { maySeePicture } from "./permissions";

type Row = {
  bytes: number;
  uploader_id: string;
  message_id: string | null;
  is_sent: boolean;
  is_deleted: boolean;
};

const selectPicture = prepare<Row>(sql`
  select a.bytes, a.uploader_id, a.message_id, m.id is not null as is_sent, m.deleted_at is not null as is_deleted
  from attachments a left join chat_messages m on m.id = a.message_id
  where a.id = ${sql.placeholder("id")} and a.chat_id = ${sql.placeholder("chatId")}
    and a.stored_at is not null`);

/** What became of the message of a picture, where its row is not in the database. */
export type FindArchived = (messageId: string) => Promise<{ isDeleted: boolean } | null>;

/**
 * A picture that this viewer may see at this moment.
 *
 * @param findArchived asked where the chat is in its archive
 * @returns in bytes how large it is; null when there is none, or none for this viewer
 */
export async function findPicture(
  db: Db,
  viewer: Viewer,
  { chatId, id }: { chatId: string; id: string },
  findArchived: FindArchived,
): Promise<{ bytes: number } | null> {
  const chat = await findChat(db, viewer, chatId);
  if (!chat) return null;
  const [row] = await selectPicture(db, { id, chatId });
  if (!row) return null;
  const message =
    chat.status === "archived" && row.message_id !== null
      ? await findArchived(row.message_id)
      : row.is_sent
        ? { isDeleted: row.is_deleted }
        : null;
  const picture = {
    uploaderId: row.uploader_id,
    isSent: message !== null,
    isDeleted: message?.isDeleted ?? false,
  };
  return maySeePicture(viewer, chat, picture) ? { bytes: row.bytes } : null;
}
