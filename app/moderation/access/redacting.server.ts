import { eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { announce, tick } from "~/chats/clock.server";
import type { Message } from "~/chats/message";
import { findMessage } from "~/chats/messages.server";
import type { Db } from "~/db/client.server";
import { chatMessages, chatMessageVersions } from "~/db/schema";
import { audit } from "../audit/audit.server";
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
    if (message.isRedacted) return { message };
    if (message.type === "system") return { refused: "notRedactable" };

    const { version } = await tick(tx, chatId, "change");
    const { id: messageId, body } = message;
    await tx
      .insert(chatMessageVersions)
      .values({ messageId, version: message.version, body, replacedAt: sql`clock_timestamp()` });
    await tx
      .update(chatMessages)
      .set({
        version,
        body: null,
        deletedAt: sql`coalesce(deleted_at, clock_timestamp())`,
        redactedBy: viewer.id,
        redactionReason: reason,
        changedXid: sql`pg_current_xact_id()`,
      })
      .where(eq(chatMessages.id, messageId));
    await announce(tx, open.chat, version);
    const redacted = await findMessage(tx, chatId, seq);
    if (!redacted) throw new Error("The message that was just changed is gone");
    const ofCase = { chatId, disputeId: open.disputeId, personId: message.sender?.id };
    const details = { messageId, seq, reason };
    await audit(tx, viewer, { action: "message.redacted", ...ofCase, details });
    return { message: redacted };
  });
}
