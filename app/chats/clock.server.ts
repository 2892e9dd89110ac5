import { sql } from "drizzle-orm";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { notify } from "~/live/notify.server";
import { type Chat, type ChatRow, toChat, toChatAsIs } from "./chat";
import { chatColumns, chatJoins } from "./chat-columns.server";
import { may } from "./permissions";

/**
 * Locks a chat for a change and reads it: the lock makes seq and version contiguous and puts them
 * in commit order. Every change takes the chat's lock first, so that two changes cannot deadlock.
 * What is found is the chat as it is (`toChatAsIs`).
 *
 * @returns null when there is no such chat for this viewer, or he is signed out by now
 */
export async function lockChat(tx: Db, viewer: Viewer, chatId: string): Promise<Chat | null> {
  // A form that came slowly may end after the session that it began in.
  const chat = (await isSignedIn(tx, viewer)) && (await lockAnyChat(tx, chatId, viewer.id));
  return chat && may.read(viewer, chat) ? chat : null;
}

/** The same for whom it is not a seat in the chat that lets in: the caller asks what does. */
export async function lockAnyChat(tx: Db, chatId: string, viewerId = ""): Promise<Chat | null> {
  const [locked] = await tx.execute(
    sql`select id from chats where id = ${chatId} for no key update`,
  );
  if (!locked) return null;
  // A second statement, because one that waited for the lock would show the row as it was before.
  return findAnyChat(tx, chatId, viewerId);
}

const selectChat = prepare<{ row: ChatRow }>(sql`
  select to_json(x) as row from (
    select ${chatColumns} from chats c ${chatJoins} where c.id = ${sql.placeholder("chatId")}
  ) x`);

/** Strangers cannot tell a chat from one that does not exist. */
export function findChat(db: Db, viewer: Viewer, chatId: string): Promise<Chat | null> {
  return find(db, viewer, chatId, toChat);
}

/** To judge what the viewer may do in it, without a lock; not to be shown (`toChatAsIs`). */
export function findChatAsIs(db: Db, viewer: Viewer, chatId: string): Promise<Chat | null> {
  return find(db, viewer, chatId, toChatAsIs);
}

async function find(
  db: Db,
  viewer: Viewer,
  chatId: string,
  as: typeof toChat,
): Promise<Chat | null> {
  const row = await findAnyChatRow(db, chatId);
  const chat = row && as(row, viewer.id);
  return chat && may.read(viewer, chat) ? chat : null;
}

/** What is known of a chat without its messages, as it is; the caller asks who may know it. */
export async function findAnyChat(db: Db, chatId: string, viewerId = ""): Promise<Chat | null> {
  const row = await findAnyChatRow(db, chatId);
  return row ? toChatAsIs(row, viewerId) : null;
}

/** The same with those who have left: for reading what they said. */
export async function findAnyChatRow(db: Db, chatId: string): Promise<ChatRow | null> {
  const [found] = await selectChat(db, { chatId });
  return found?.row ?? null;
}

/**
 * Takes the next version of a locked chat, and with `message` its next seq and the time at which it
 * counts as sent.
 */
export async function tick(tx: Db, chatId: string, what: "message" | "change" | "state") {
  const set = {
    // Later than the last one, also within a millisecond or when the clock was set back.
    message: sql`last_seq = last_seq + 1,
      last_message_at = greatest(clock_timestamp(), last_message_at + interval '1 ms')`,
    change: sql`last_seq = last_seq`,
    state: sql`state_version = version + 1, changed_xid = pg_current_xact_id()`,
  }[what];
  const [row] = await tx.execute<{ version: string; seq: string; moment: string }>(sql`
    update chats set version = version + 1, ${set} where id = ${chatId}
    returning version, last_seq as seq, last_message_at::text as moment`);
  if (!row) throw new Error("The chat that was locked is gone");
  return { version: Number(row.version), seq: Number(row.seq), moment: row.moment };
}

/** Tells the streams of all participants that the chat changed, when the transaction commits. */
export async function announce(tx: Db, chat: Chat, version: number): Promise<void> {
  const userIds = chat.participants.map((participant) => participant.id);
  await notify(tx, [{ kind: "change", chatId: chat.id, version, userIds }]);
}
