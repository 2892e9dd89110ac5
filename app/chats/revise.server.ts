import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { filterSettings } from "~/safety/settings-cache.server";
import { countVerdict } from "~/safety/verdict-metrics.server";
import { changeMessage } from "./change-message.server";
import type { Chat } from "./chat";
import { lockChat } from "./clock.server";
import { type Filtered, filterWords, storeVerdict } from "./filtering.server";
import type { Message } from "./message";
import { findMessage } from "./messages.server";
import { may } from "./permissions";

/** `notDelivered`: one side blocks the other, and may say nothing new. */
export type Revised = { message: Message } | { refused: "notAllowed" | "notDelivered" } | Filtered;

type Edit = { chatId: string; seq: number; body: string; confirm?: string; windowMs: number };

/**
 * Changes what one's own message says; what it said before is kept. The filters look at the new words
 * as at those of a new message.
 *
 * @param windowMs how long after sending this is allowed
 * @returns null when there is no such chat or message for this viewer
 */
export async function editMessage(
  db: Db,
  viewer: Viewer,
  { chatId, seq, body, confirm, windowMs }: Edit,
): Promise<Revised | null> {
  const settings = await filterSettings(db);
  const edited = await db.transaction(async (tx) => {
    const found = await findToRevise(tx, viewer, chatId, seq);
    if (!found) return null;
    const { chat, message } = found;
    // A form that was sent twice changes nothing the second time.
    if (message.body === body && message.sender?.id === viewer.id) return { message };
    if (!may.edit(viewer, chat, message, new Date(), windowMs)) {
      // Only the block keeps him from it: it is refused as a message would be.
      const isShutOut = may.unsend(viewer, chat, message, new Date(), windowMs);
      return isShutOut ? notDelivered : notAllowed;
    }
    // Beside pictures it is read with what they are said to show.
    const text = [body, ...message.attachments.map(({ alt }) => alt)].filter(Boolean).join("\n");
    const verdict = await filterWords(tx, viewer, chat, { text, seq, confirm }, settings);
    if ("refused" in verdict) return verdict;
    const change = { body, editedAt: sql`clock_timestamp()` };
    const revised = await changeMessage(tx, chat, message, change);
    await storeVerdict(tx, chat, verdict, { ...revised, senderId: viewer.id });
    return { message: revised, verdict };
  });
  if (!edited || !("verdict" in edited) || !edited.verdict) return edited;
  countVerdict(db, edited.verdict, "message" in edited);
  return "message" in edited ? { message: edited.message } : edited;
}

/** Takes one's own message back: its place stays, its words are kept for moderators only. */
export function unsendMessage(
  db: Db,
  viewer: Viewer,
  { chatId, seq, windowMs }: { chatId: string; seq: number; windowMs: number },
): Promise<Revised | null> {
  return db.transaction(async (tx) => {
    const found = await findToRevise(tx, viewer, chatId, seq);
    if (!found) return null;
    const { chat, message } = found;
    if (message.deletedAt && message.sender?.id === viewer.id) return { message };
    if (!may.unsend(viewer, chat, message, new Date(), windowMs)) return notAllowed;
    const change = { body: null, deletedAt: sql`clock_timestamp()` };
    return { message: await changeMessage(tx, chat, message, change) };
  });
}

const notAllowed = { refused: "notAllowed" } as const;
const notDelivered = { refused: "notDelivered" } as const;

type Found = { chat: Chat; message: Message };

/** Locks the chat. */
async function findToRevise(
  tx: Db,
  viewer: Viewer,
  chatId: string,
  seq: number,
): Promise<Found | null> {
  const chat = await lockChat(tx, viewer, chatId);
  const message = chat && (await findMessage(tx, chatId, seq));
  return message && { chat, message };
}
