import { eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { chats } from "~/db/schema";
import { appendSystemMessage } from "./append.server";
import type { Chat } from "./chat";
import { announce, lockChat, tick } from "./clock.server";
import { may } from "./permissions";
import type { SystemEvent } from "./system-event";

/**
 * Closes a chat for both: it can be read, nobody can write. Closing a closed chat changes nothing.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function closeChat(db: Db, viewer: Viewer, chatId: string, provided?: Provided) {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat) return null;
    await provided?.(tx);
    if (chat.status === "closed") return { closed: true };
    if (!may.close(viewer, chat)) return { refused: "notOpen" as const };
    const by = chat.participants.find((participant) => participant.id === viewer.id)?.role;
    await closeLocked(tx, chat, { by: by ?? "moderator", actorId: viewer.id });
    return { closed: true };
  });
}

type Closing = {
  by: (SystemEvent & { kind: "chat_closed" })["by"];
  /** Of a participant who closes it: he has read what he did. */
  actorId?: string;
  /** When it counts as closed; the database's time where that is now. */
  at?: Date;
};

/** Closes a locked chat, says in it by whom, and tells everybody's pages and streams. */
export async function closeLocked(tx: Db, chat: Chat, { by, actorId, at }: Closing): Promise<void> {
  await tx
    .update(chats)
    .set({ status: "closed", closedAt: at ?? sql`clock_timestamp()` })
    .where(eq(chats.id, chat.id));
  await appendSystemMessage(tx, chat, { kind: "chat_closed", by }, actorId);
  const { version } = await tick(tx, chat.id, "state");
  await announce(tx, chat, version);
}
