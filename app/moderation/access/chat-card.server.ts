import { desc, eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import { findAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import type { ArchiveCard } from "~/retention/archive/card";
import { readArchiveCard } from "~/retention/archive/card.server";
import type { Hold } from "~/retention/hold";
import { holdsOfChat } from "~/retention/holds.server";
import type { Dispute } from "../disputes/dispute";
import { isSide } from "../permissions";

export type ChatCard = {
  chat: Pick<Chat, "id" | "status" | "subject" | "createdAt" | "lastMessageAt" | "lastSeq">;
  people: { id: string; name: string; role: "buyer" | "seller" }[];
  /** The latest first; times are ISO 8601 in UTC. */
  cases: Pick<Dispute, "id" | "status" | "outcome" | "reason" | "openedAt">[];
  /** Who bought or sold in a chat opens no case on it as a moderator. */
  isParty: boolean;
  archive: ArchiveCard | null;
  /** What keeps retention and erasure from it. */
  holds: Hold[];
};

/**
 * What can be found of a chat without a case on it: who, about what, and its cases; nothing that
 * was written. Of a private thread it is the chat that the thread belongs to.
 *
 * @returns null when there is no such chat
 */
export async function findChatCard(
  db: Db,
  viewer: Viewer,
  chatId: string,
): Promise<ChatCard | null> {
  const asked = await findAnyChat(db, chatId);
  const chat = asked?.privateThread ? await findAnyChat(db, asked.privateThread.chatId) : asked;
  if (!chat) return null;
  const { id, status, subject, createdAt, lastMessageAt, lastSeq } = chat;
  const cases = await db
    .select({
      id: disputes.id,
      status: disputes.status,
      outcome: disputes.outcome,
      reason: disputes.reason,
      openedAt: disputes.openedAt,
    })
    .from(disputes)
    .where(eq(disputes.chatId, id))
    .orderBy(desc(disputes.openedAt), desc(disputes.id));
  return {
    chat: { id, status, subject, createdAt, lastMessageAt, lastSeq },
    people: chat.participants.flatMap(({ id, name, role }) =>
      role === "moderator" ? [] : [{ id, name, role }],
    ),
    cases: cases.map((one) => ({ ...one, openedAt: one.openedAt.toISOString() })),
    isParty: isSide(viewer, chat),
    archive: status === "archived" ? await readArchiveCard(db, id) : null,
    holds: await holdsOfChat(db, id, new Date()),
  };
}
