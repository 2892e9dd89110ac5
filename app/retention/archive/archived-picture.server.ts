import type { Viewer } from "~/accounts/viewer";
import { findPicture } from "~/chats/pictures.server";
import type { Db } from "~/db/client.server";
import type { Storage } from "~/storage/storage";
import { readArchive } from "./read.server";

/**
 * A picture that this viewer may see, wherever its message is.
 *
 * @throws ArchiveDamaged and StorageError where the archive of its chat cannot be read
 */
export function findAnyPicture(
  db: Db,
  storage: Storage,
  viewer: Viewer,
  picture: { chatId: string; id: string },
): Promise<{ bytes: number } | null> {
  return findPicture(db, viewer, picture, async (messageId) => {
    const archive = await readArchive(db, storage, picture.chatId);
    const message = archive?.rows.messages.find(({ id }) => id === messageId);
    return message ? { isDeleted: message.deleted_at !== null } : null;
  });
}
