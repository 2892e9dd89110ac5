import { lockAnyChat } from "~/chats/clock.server";
import { closeLocked } from "~/chats/close.server";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import { wanted } from "./wanted.server";

/**
 * Closes an open chat in which nobody wrote for as long as the policy says, as if somebody had
 * closed it, except that nobody did. Its private threads are closed with their cases.
 */
export async function closeIdle(
  db: Db,
  chatId: string,
  now: Date,
): Promise<"closed" | "held" | "notDue"> {
  return db.transaction(async (tx) => {
    const chat = await lockAnyChat(tx, chatId);
    if (!chat) return "notDue";
    const refused = await wanted("close", now)(tx, chatId);
    if (refused) return refused;
    await closeLocked(tx, chat, { by: "system", at: now });
    await audit(tx, "system", { action: "chat.closed_idle", chatId });
    return "closed";
  });
}
