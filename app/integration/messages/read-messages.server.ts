import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { noteLook } from "~/moderation/access/looks.server";
import { readAnyChatPage } from "~/retention/archive/archived-page.server";
import type { Storage } from "~/storage/storage";
import { type MessagePage, type MessagesAsked, toMessagePage } from "./message-page";

/**
 * Messages of a chat for somebody in it, wherever they are kept. It reads as the chat's page does:
 * what a moderator is shown is in the audit log before.
 *
 * @returns null when there is no such chat for this viewer
 * @throws ArchiveDamaged and StorageError where its archive cannot be read
 */
export async function readMessages(
  db: Db,
  storage: Storage,
  viewer: Viewer,
  chatId: string,
  asked: MessagesAsked,
): Promise<MessagePage | null> {
  const { before, after, limit: size } = asked;
  const page = await readAnyChatPage(db, storage, viewer, { chatId, size, before, after });
  const noted = page && (await noteLook(db, viewer, page));
  return noted && toMessagePage(page, asked);
}
