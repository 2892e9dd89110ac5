import { eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chats } from "~/db/schema";
import { appendSystemMessage } from "./append.server";
import { announce, lockChat, tick } from "./clock.server";
import { may } from "./permissions";

/**
 * Closes a chat for both: it can be read, nobody can write. Closing a closed chat changes nothing.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function closeChat(db: Db, viewer: Viewer, chatId: string) {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat) return null;
    if (chat.status === "closed") return { closed: true };
    if (!may.close(viewer, chat)) return { refused: "notOpen" as const };
    const by = chat.participants.find((participant) => participant.id === viewer.id)?.role;
    await tx
      .update(chats)
      .set({ status: "closed", closedAt: new Date() })
      .where(eq(chats.id, chatId));
    await appendSystemMessage(tx, chat, { kind: "chat_closed", by: by ?? "moderator" }, viewer.id);
    const { version } = await tick(tx, chatId, "state");
    await announce(tx, chat, version);
    return { closed: true };
  });
}
