import { eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chats } from "~/db/schema";
import { audit } from "../audit/audit.server";
import { tellOfDispute } from "../disputes/tell.server";
import { lockWithOpenCase } from "./access.server";

type Frozen = { done: true } | { refused: "notOpen" };

/**
 * Freezes a chat that has an open case: nobody but moderators writes there until it is thawed, or
 * its last case is resolved. Freezing it twice is freezing it once.
 *
 * @param reason for the audit log
 * @returns null when no case opens such a chat to this viewer
 */
export function freezeChat(db: Db, viewer: Viewer, chatId: string, reason: string) {
  return change(db, viewer, chatId, { from: "open", to: "frozen", reason });
}

/** Lets both sides write again. */
export function thawChat(db: Db, viewer: Viewer, chatId: string, reason?: string) {
  return change(db, viewer, chatId, { from: "frozen", to: "open", reason });
}

type Status = "open" | "frozen";

async function change(
  db: Db,
  viewer: Viewer,
  chatId: string,
  { from, to, reason }: { from: Status; to: Status; reason?: string },
): Promise<Frozen | null> {
  return db.transaction(async (tx) => {
    const open = await lockWithOpenCase(tx, viewer, chatId);
    if (!open) return null;
    const { chat, disputeId } = open;
    if (chat.status === to) return { done: true };
    if (chat.status !== from) return { refused: "notOpen" };
    await tx.update(chats).set({ status: to }).where(eq(chats.id, chatId));
    const what = to === "frozen" ? "frozen" : "thawed";
    await tellOfDispute(tx, chat, { kind: `chat_${what}` });
    const details = reason ? { reason } : {};
    await audit(tx, viewer, { action: `chat.${what}`, chatId, disputeId, details });
    return { done: true };
  });
}
