import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { changeMessage } from "~/chats/change-message.server";
import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { findMessage } from "~/chats/messages.server";
import type { Db } from "~/db/client.server";
import { type AuditEntry, audit } from "../audit/audit.server";
import { lockWithOpenCase } from "./access.server";

type Redacted = { message: Message } | { refused: "notRedactable" };

/**
 * Removes what a message says, pictures too, for everybody but moderators; its place stays. Removing
 * it twice is removing it once.
 *
 * @param reason for moderators
 * @returns null when no case opens such a chat to this viewer, or it has no such message
 */
export async function redactMessage(
  db: Db,
  viewer: Viewer,
  { chatId, seq, reason }: { chatId: string; seq: number; reason: string },
): Promise<Redacted | null> {
  return db.transaction(async (tx) => {
    const open = await lockWithOpenCase(tx, viewer, chatId);
    const message = open && (await findMessage(tx, chatId, seq));
    if (!message) return null;
    const redacted = await redact(tx, viewer, open.chat, message, reason);
    if ("refused" in redacted) return redacted;
    const { disputeId } = open;
    await audit(tx, viewer, ...redacted.entries.map((entry) => ({ ...entry, disputeId })));
    return redacted;
  });
}

/** Of a locked chat, by whoever may; the audit entry is its caller's. */
export async function redact(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  chat: Chat,
  message: Message,
  reason: string,
): Promise<{ message: Message; entries: AuditEntry[] } | { refused: "notRedactable" }> {
  if (message.isRedacted) return { message, entries: [] };
  if (message.type === "system") return { refused: "notRedactable" };
  const redacted = await changeMessage(tx, chat, message, {
    body: null,
    deletedAt: sql`coalesce(deleted_at, clock_timestamp())`,
    redactedBy: viewer.id,
    redactionReason: reason,
  });
  const { id: messageId, seq } = message;
  const about = { chatId: chat.id, personId: message.sender?.id };
  const details = { messageId, seq, reason };
  return { message: redacted, entries: [{ action: "message.redacted", ...about, details }] };
}

/**
 * Gives a message of a locked chat back as it was before it was removed; one that its sender had
 * taken back by then stays so. The audit entry is its caller's.
 */
export async function restore(tx: Db, chat: Chat, message: Message): Promise<AuditEntry[]> {
  if (!message.isRedacted) return [];
  const [before] = await tx.execute<{ body: string | null; was_there: boolean }>(sql`
    select v.body, m.deleted_at >= v.replaced_at as was_there
    from chat_message_versions v join chat_messages m on m.id = v.message_id
    where v.message_id = ${message.id} order by v.version desc limit 1`);
  if (!before) throw new Error("What a removed message said is gone");
  await changeMessage(tx, chat, message, {
    body: before.body,
    redactedBy: null,
    redactionReason: null,
    ...(before.was_there && { deletedAt: null }),
  });
  const { id: messageId, seq } = message;
  const about = { chatId: chat.id, personId: message.sender?.id, details: { messageId, seq } };
  return [{ action: "message.restored", ...about }];
}
