import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { changeMessage } from "~/chats/change-message.server";
import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { findMessage } from "~/chats/messages.server";
import type { Db } from "~/db/client.server";
import { type AuditEntry, audit } from "../audit/audit.server";
import { decideInCase, standingRemovals } from "../flags/removals.server";
import { isSide } from "../permissions";
import { lockWithOpenCase } from "./access.server";

type Redacted = { message: Message } | { refused: "notRedactable" };

/**
 * Removes what a message says, pictures too, for everybody but moderators; its place stays. A party
 * who wrote it reads why, and can appeal. Removing it twice is removing it once; what a flag's
 * decision removed before is removed by both.
 *
 * @param reason for moderators and for who wrote it
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
    const { chat, disputeId } = open;
    const standing = message.isRedacted ? await standingRemovals(tx, message) : [];
    if (standing.some(({ isInCase }) => isInCase)) return { message };
    const redacted = await redact(tx, viewer, chat, message, reason);
    if ("refused" in redacted) return redacted;
    const { sender } = message;
    const decision = { disputeId, reason };
    const flagId =
      sender && isSide(sender, chat)
        ? await decideInCase(tx, viewer, message, { ...decision, personId: sender.id })
        : undefined;
    if (flagId || !message.isRedacted) {
      await audit(tx, viewer, { ...redactionOf(message, { reason, flagId }), disputeId });
    }
    return { message: redacted.message };
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
  return { message: redacted, entries: [redactionOf(message, { reason })] };
}

function redactionOf(
  { id: messageId, chatId, seq, sender }: Message,
  why: { reason: string; flagId?: string },
): AuditEntry {
  const details = { messageId, seq, ...why };
  return { action: "message.redacted", chatId, personId: sender?.id, details };
}

/**
 * Gives a message of a locked chat back as it was before it was removed, unless something else that
 * was decided removes it, too; one that its sender had taken back by then stays so. The audit entry
 * is its caller's.
 *
 * @param lifted the flag whose decision removes it no longer
 */
export async function restore(
  tx: Db,
  chat: Chat,
  message: Message,
  lifted: string | null,
): Promise<AuditEntry[]> {
  if (!message.isRedacted) return [];
  const [other] = await standingRemovals(tx, message, lifted);
  if (other) {
    const { decidedBy: redactedBy, reason: redactionReason } = other;
    await changeMessage(tx, chat, message, { body: null, redactedBy, redactionReason });
    return [];
  }
  const [before] = await tx.execute<{ body: string | null; was_there: boolean }>(sql`
    select v.body, m.deleted_at >= v.replaced_at as was_there
    from chat_message_versions v join chat_messages m on m.id = v.message_id
    where v.message_id = ${message.id} and v.redacted_by is null
    order by v.version desc limit 1`);
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
