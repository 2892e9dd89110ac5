import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import type { Db } from "~/db/client.server";
import { audit } from "../audit/audit.server";
import { withOpenCase } from "./access.server";
import { moderatorsIn } from "./seats.server";

/**
 * A moderator who joined a chat reads it as those in it do: each page of it is in the audit log
 * before he is shown it. Of what others read nothing is noted.
 *
 * @returns null where his access has ended since the page was read
 */
export async function noteLook(
  db: Db,
  viewer: Viewer,
  { chat, messages }: { chat: Chat; messages: Message[] },
): Promise<{ noted: boolean } | null> {
  if (!moderatorsIn(chat).includes(viewer.id)) return { noted: false };
  return db.transaction(async (tx) => {
    const open = await withOpenCase(tx, viewer, chat.id);
    if (!open) return null;
    const details = { from: messages[0]?.seq ?? 0, to: messages.at(-1)?.seq ?? 0 };
    const ofCase = { chatId: chat.id, disputeId: open.disputeId, details };
    await audit(tx, viewer, { action: "chat.viewed", ...ofCase });
    return { noted: true };
  });
}
