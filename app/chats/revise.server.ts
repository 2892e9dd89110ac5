import { eq, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatMessages, chatMessageVersions } from "~/db/schema";
import type { Chat } from "./chat";
import { announce, lockChat, tick } from "./clock.server";
import type { Message } from "./message";
import { findMessage } from "./messages.server";
import { may } from "./permissions";

/** `notDelivered`: one side blocks the other, and may say nothing new. */
export type Revised = { message: Message } | { refused: "notAllowed" | "notDelivered" };

/**
 * Changes what one's own message says; what it said before is kept.
 *
 * @param windowMs how long after sending this is allowed
 * @returns null when there is no such chat or message for this viewer
 */
export function editMessage(
  db: Db,
  viewer: Viewer,
  { chatId, seq, body, windowMs }: { chatId: string; seq: number; body: string; windowMs: number },
): Promise<Revised | null> {
  return revise(db, viewer, chatId, seq, (chat, message) => {
    // A form that was sent twice changes nothing the second time.
    if (message.body === body && message.sender?.id === viewer.id) return "unchanged";
    if (!may.edit(viewer, chat, message, new Date(), windowMs)) {
      // Only the block keeps him from it: it is refused as a message would be.
      const isShutOut = may.unsend(viewer, chat, message, new Date(), windowMs);
      return { refused: isShutOut ? "notDelivered" : "notAllowed" };
    }
    return { body, editedAt: sql`clock_timestamp()` };
  });
}

/** Takes one's own message back: its place stays, its words are kept for moderators only. */
export function unsendMessage(
  db: Db,
  viewer: Viewer,
  { chatId, seq, windowMs }: { chatId: string; seq: number; windowMs: number },
): Promise<Revised | null> {
  return revise(db, viewer, chatId, seq, (chat, message) => {
    if (message.deletedAt && message.sender?.id === viewer.id) return "unchanged";
    if (!may.unsend(viewer, chat, message, new Date(), windowMs)) return { refused: "notAllowed" };
    return { body: null, deletedAt: sql`clock_timestamp()` };
  });
}

type Change = { body: string | null; editedAt?: SQL; deletedAt?: SQL };

async function revise(
  db: Db,
  viewer: Viewer,
  chatId: string,
  seq: number,
  decide: (
    chat: Chat,
    message: Message,
  ) => Change | "unchanged" | Extract<Revised, { refused: string }>,
): Promise<Revised | null> {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    const message = chat && (await findMessage(tx, chatId, seq));
    if (!chat || !message) return null;
    const change = decide(chat, message);
    if (change === "unchanged") return { message };
    if ("refused" in change) return change;

    const { version } = await tick(tx, chatId, "change");
    await tx
      .insert(chatMessageVersions)
      .values({ messageId: message.id, version: message.version, body: message.body });
    await tx
      .update(chatMessages)
      .set({ ...change, version, changedXid: sql`pg_current_xact_id()` })
      .where(eq(chatMessages.id, message.id));
    await announce(tx, chat, version);
    const revised = await findMessage(tx, chatId, seq);
    if (!revised) throw new Error("The message that was just changed is gone");
    return { message: revised };
  });
}
