import type { Db } from "~/db/client.server";
import { readAnyChatPageAsHost } from "~/retention/archive/archived-page.server";
import type { Storage } from "~/storage/storage";
import { type MessagePage, type MessagesAsked, toMessagePage } from "../messages/message-page";
import type { Host } from "./host";
import { noteHostLook } from "./looks.server";

/**
 * Messages of a chat for the host, as its sides see them: what was taken back or removed says nothing.
 * That the host read is in the audit log before.
 *
 * @returns null when there is no such chat, and for a private thread of moderators with one side
 * @throws ArchiveDamaged and StorageError where its archive cannot be read
 */
export async function readHostMessages(
  db: Db,
  storage: Storage,
  host: Host,
  chatId: string,
  asked: MessagesAsked,
): Promise<MessagePage | null> {
  const { before, after, limit: size } = asked;
  const page = await readAnyChatPageAsHost(db, storage, { chatId, size, before, after });
  if (!page) return null;
  await noteHostLook(db, host, chatId);
  return toMessagePage(page, asked);
}
