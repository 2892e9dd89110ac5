import { asc, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatMessages, chatMessageVersions } from "~/db/schema";
import { notify } from "~/live/notify.server";
import type { Chat } from "./chat";
import { lockChat, tick } from "./clock.server";
import type { MessageDraft } from "./drafts";
import type { Message } from "./message";
import { findByClientId, findMessage } from "./messages.server";
import { may } from "./permissions";
import type { SystemEvent } from "./system-event";

export type Sent =
  | { message: Message; repeated: boolean }
  | { refused: "notOpen" | "clientIdReused" | "replyUnknown" };

/**
 * Puts a message at the next place of its chat. The same client id of the same sender is the same
 * message: a repeat gets the first one back, however late, also when the chat is closed by then.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function sendMessage(
  db: Db,
  viewer: Viewer,
  { chatId, clientId, body, replyTo }: MessageDraft & { chatId: string },
): Promise<Sent | null> {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat) return null;
    const earlier = await findByClientId(tx, chatId, viewer.id, clientId);
    if (earlier) {
      const same = earlier.replyTo === (replyTo ?? null) && (await firstBody(tx, earlier)) === body;
      return same ? { message: earlier, repeated: true } : { refused: "clientIdReused" };
    }
    if (!may.post(viewer, chat)) return { refused: "notOpen" };
    if (replyTo && replyTo > chat.lastSeq) return { refused: "replyUnknown" };

    const draft = { senderId: viewer.id, clientId, type: "text" as const, body, replyTo };
    const seq = await append(tx, chat, draft, viewer.id);
    const message = await findMessage(tx, chatId, seq);
    if (!message) throw new Error("The message that was just stored is gone");
    return { message, repeated: false };
  });
}

/** A system message: what happened in the chat. Whoever did it has read it. */
export async function appendSystemMessage(
  tx: Db,
  chat: Chat,
  event: SystemEvent,
  actorId?: string,
) {
  await append(tx, chat, { type: "system", event }, actorId);
}

/** @returns the seq; the chat has to be locked */
async function append(
  tx: Db,
  chat: Chat,
  message: Partial<typeof chatMessages.$inferInsert>,
  actorId?: string,
): Promise<number> {
  const { version, seq } = await tick(tx, chat.id, "message");
  await tx.insert(chatMessages).values({
    ...message,
    id: uuidv7(),
    chatId: chat.id,
    seq,
    version,
    createdVersion: version,
    // The time of this row, not of the transaction, which may have waited for the lock.
    createdAt: sql`clock_timestamp()`,
  });
  const userIds = chat.participants.map((participant) => participant.id);
  const change = { kind: "change" as const, chatId: chat.id, version, userIds };
  if (!actorId) {
    await notify(tx, [change]);
    return seq;
  }
  // Whoever writes has read up to there, so that no own message is ever unread.
  const [actor] = await tx.execute<{ shares_reads: boolean }>(sql`
    update chat_participants p
    set read_seq = ${seq}, delivered_seq = ${seq}, moved_xid = pg_current_xact_id()
    from users u
    where p.chat_id = ${chat.id} and p.user_id = ${actorId} and u.id = p.user_id
    returning u.shares_reads`);
  const at = { readSeq: seq, deliveredSeq: seq, sharesReads: actor?.shares_reads ?? false };
  const moved = { chatId: chat.id, userId: actorId, ...at, userIds };
  await notify(tx, [change, { kind: "position", ...moved }]);
  return seq;
}

/** What a message said at first: edits and unsending keep it. */
async function firstBody(tx: Db, message: Message): Promise<string | null> {
  const [first] = await tx
    .select({ body: chatMessageVersions.body })
    .from(chatMessageVersions)
    .where(eq(chatMessageVersions.messageId, message.id))
    .orderBy(asc(chatMessageVersions.version))
    .limit(1);
  return first ? first.body : message.body;
}
