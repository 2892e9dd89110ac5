import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { lockAnyChat, lockChat } from "~/chats/clock.server";
import { may } from "~/chats/permissions";
import type { Db } from "~/db/client.server";
import { type AuditEntry, audit } from "../audit/audit.server";
import { isSide } from "../permissions";
import { lockWithOpenCase } from "./access.server";
import { seatModerator, unseatModerators } from "./seats.server";

/**
 * Makes a moderator a participant of a chat that has an open case, for everybody there to see: he
 * writes and is written to as they are. Joining twice is joining once.
 *
 * @returns null when no case opens such a chat to this viewer
 */
export async function joinChat(db: Db, viewer: Viewer, chatId: string) {
  return db.transaction(async (tx) => {
    const open = await lockWithOpenCase(tx, viewer, chatId);
    if (!open) return null;
    if (!may.read(viewer, open.chat)) {
      await seatModerator(tx, viewer, chatId);
      await audit(tx, viewer, { action: "chat.joined", chatId, disputeId: open.disputeId });
    }
    return { joined: true as const };
  });
}

/**
 * Takes a moderator out of a chat that he joined. He reads on as long as its case is open.
 *
 * @returns null when he is not in such a chat as a moderator
 */
export async function leaveChat(db: Db, viewer: Viewer, chatId: string) {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat || isSide(viewer, chat)) return null;
    await unseatModerators(tx, chat, [viewer.id]);
    const disputeId = chat.privateThread?.disputeId ?? chat.dispute?.id;
    await audit(tx, viewer, { action: "chat.left", chatId, disputeId });
    return { left: true as const };
  });
}

/**
 * Takes somebody who is no moderator any more out of every chat that he joined as one. To be called
 * in the transaction that takes his role, after that: he cannot join another chat meanwhile.
 *
 * @returns what the audit log is to say of it
 */
export async function leaveEveryChat(tx: Db, userId: string): Promise<AuditEntry[]> {
  const seats = await tx.execute<{ chat_id: string }>(sql`
    select chat_id from chat_participants
    where user_id = ${userId} and role = 'moderator' and left_at is null order by chat_id`);
  const entries: AuditEntry[] = [];
  for (const { chat_id: chatId } of seats) {
    const chat = await lockAnyChat(tx, chatId);
    if (chat) await unseatModerators(tx, chat, [userId]);
    entries.push({ action: "chat.left", chatId, personId: userId });
  }
  return entries;
}
