import { eq } from "drizzle-orm";
import { appendSystemMessage } from "~/chats/append.server";
import { announce, lockAnyChat, tick } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { chats } from "~/db/schema";
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
    await tx.update(chats).set({ status: "closed", closedAt: now }).where(eq(chats.id, chatId));
    await appendSystemMessage(tx, chat, { kind: "chat_closed", by: "system" });
    const { version } = await tick(tx, chatId, "state");
    await announce(tx, chat, version);
    await audit(tx, "system", { action: "chat.closed_idle", chatId });
    return "closed";
  });
}
