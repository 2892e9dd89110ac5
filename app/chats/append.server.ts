import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { chatMessages } from "~/db/schema";
import { notify } from "~/live/notify.server";
import type { Chat } from "./chat";
import { announce, tick } from "./clock.server";
import type { SystemEvent } from "./system-event";

/** A system message: what happened in the chat. Whoever did it has read it. */
export async function appendSystemMessage(
  tx: Db,
  chat: Chat,
  event: SystemEvent,
  actorId?: string,
) {
  await append(tx, chat, { type: "system", event }, actorId);
}

/** Puts a message at the next place of a locked chat and tells of it. */
export async function append(
  tx: Db,
  chat: Chat,
  message: Partial<typeof chatMessages.$inferInsert>,
  actorId?: string,
): Promise<{ id: string; seq: number; version: number; xid: string }> {
  const id = newRowId();
  const { version, seq, moment } = await tick(tx, chat.id, "message");
  const [stored] = await tx
    .insert(chatMessages)
    .values({
      ...message,
      id,
      chatId: chat.id,
      seq,
      version,
      createdVersion: version,
      createdAt: sql`${moment}::timestamptz`,
    })
    .returning({ xid: chatMessages.createdXid });
  if (!stored) throw new Error("A message was not stored");
  const placed = { id, seq, version, xid: stored.xid };
  if (!actorId) {
    await announce(tx, chat, version);
    return placed;
  }
  // Whoever writes has read up to there, so that no own message is ever unread.
  const [actor] = await tx.execute<{ shares_reads: boolean }>(sql`
    update chat_participants p
    set read_seq = ${seq}, delivered_seq = ${seq}, moved_xid = pg_current_xact_id(),
      -- What he did shows that he was there, also to whom he blocks.
      blocked_read_seq = case when blocked_read_seq is not null then ${seq}::bigint end,
      blocked_delivered_seq = case when blocked_delivered_seq is not null then ${seq}::bigint end
    from users u
    where p.chat_id = ${chat.id} and p.user_id = ${actorId} and u.id = p.user_id
    returning u.shares_reads`);
  const userIds = chat.participants.map((participant) => participant.id);
  const sent = { kind: "sent" as const, chatId: chat.id, version, seq, from: actorId, userIds };
  await notify(tx, [{ ...sent, sharesReads: actor?.shares_reads ?? false }]);
  return placed;
}
