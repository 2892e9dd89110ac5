import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import { findAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { notify } from "~/live/notify.server";
import { tellOfDispute } from "../disputes/tell.server";

/** Puts a moderator into a locked chat, for all there to see. What was said before is not news to him. */
export async function seatModerator(
  tx: Db,
  viewer: Pick<Viewer, "id" | "name">,
  chatId: string,
): Promise<Chat> {
  await tx.execute(sql`
    insert into chat_participants as p (chat_id, user_id, role, read_seq, delivered_seq)
    select id, ${viewer.id}, 'moderator', last_seq, last_seq from chats where id = ${chatId}
    on conflict (chat_id, user_id) do update set left_at = null, archived_at = null,
      joined_at = clock_timestamp(), read_seq = excluded.read_seq,
      delivered_seq = excluded.delivered_seq, moved_xid = pg_current_xact_id(),
      shown_xid = pg_current_xact_id()
    where p.role = 'moderator'`);
  const chat = await findAnyChat(tx, chatId, viewer.id);
  if (!chat) throw new Error("The chat that was locked is gone");
  await tellOfDispute(tx, chat, { kind: "moderator_joined", name: viewer.name }, viewer.id);
  return chat;
}

/** Takes moderators out of a locked chat: at the commit their streams and pages lose it. */
export async function unseatModerators(tx: Db, chat: Chat, userIds: string[]): Promise<void> {
  if (!userIds.length) return;
  await tx.execute(sql`
    update chat_participants set left_at = clock_timestamp()
    where chat_id = ${chat.id} and role = 'moderator' and left_at is null
      and user_id = ${anyOf(userIds)}`);
  await tellOfDispute(tx, chat, { kind: "moderator_left" });
  // What their pages show of the chat goes, too.
  await notify(
    tx,
    userIds.map((userId) => ({ kind: "person-changed", userId })),
  );
}

export const moderatorsIn = (chat: Pick<Chat, "participants">): string[] =>
  chat.participants.filter(({ role }) => role === "moderator").map(({ id }) => id);
