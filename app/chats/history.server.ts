import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Chat } from "./chat";
import { findChat } from "./clock.server";
import type { Message } from "./message";
import { findMessage, selectMessages, selectRange } from "./messages.server";

/** Where a page of history lies: at the newest message, or beside a seq. */
export type Place = { before?: number; after?: number; around?: number };

export type History = {
  chat: Chat;
  /** In the order of seq, without holes. */
  messages: Message[];
  /** What the page's messages answer and does not stand on the page itself. */
  quoted: Message[];
};

/**
 * One page of a chat. Seqs have no holes, so a page is a range of them: pages neither overlap nor
 * miss a message, whatever arrives meanwhile.
 *
 * @param size messages on a page
 * @returns null when there is no such chat for this viewer
 */
export async function readHistory(
  db: Db,
  viewer: Viewer,
  { chatId, size, ...place }: Place & { chatId: string; size: number },
): Promise<History | null> {
  const chat = await findChat(db, viewer, chatId);
  if (!chat) return null;
  const { first, last } = pageRange(chat.lastSeq, size, place);
  const messages = await selectRange(db, { chatId, first, last });
  const missing = messages.flatMap(({ replyTo }) => (replyTo && replyTo < first ? [replyTo] : []));
  const quoted = missing.length
    ? await selectMessages(
        db,
        sql`m.chat_id = ${chatId} and m.seq in (${sql.join([...new Set(missing)], sql`, `)})`,
      )
    : [];
  return { chat, messages, quoted };
}

/**
 * The seqs of a page, `first` to `last`, in a chat that ends at `lastSeq`. Where nothing lies
 * before or after a place, the page is the oldest or the newest one.
 */
export function pageRange(lastSeq: number, size: number, { before, after, around }: Place) {
  if (after !== undefined && after < lastSeq) {
    return { first: after + 1, last: Math.min(after + size, lastSeq) };
  }
  const last = Math.min(wantedEnd(size, { before, around }), lastSeq);
  return { first: Math.max(1, last - size + 1), last };
}

function wantedEnd(size: number, { before, around }: Place) {
  if (around !== undefined) return Math.max(size, around + Math.floor(size / 2));
  if (before === undefined) return Number.POSITIVE_INFINITY;
  return before > 1 ? before - 1 : size;
}

const selectMine = prepare<{ is_archived: boolean | null }>(sql`
  select p.archived_at >= c.last_message_at as is_archived
  from chat_participants p join chats c on c.id = p.chat_id
  where p.chat_id = ${sql.placeholder("chatId")} and p.user_id = ${sql.placeholder("userId")}`);

/** A page of history with what stands around it for this viewer. */
export async function readChatPage(
  db: Db,
  viewer: Viewer,
  { about, ...asked }: Place & { chatId: string; size: number; about?: number },
) {
  const history = await readHistory(db, viewer, asked);
  if (!history) return null;
  const [mine] = await selectMine(db, { chatId: asked.chatId, userId: viewer.id });
  const { chat, messages } = history;
  const readSeq = chat.participants.find(({ id }) => id === viewer.id)?.readSeq ?? 0;
  const isArchived = mine?.is_archived ?? false;
  // What is being answered or edited may stand on another page.
  const subject = about
    ? (messages.find(({ seq }) => seq === about) ?? (await findMessage(db, chat.id, about)))
    : null;
  return { ...history, readSeq, isArchived, about: subject };
}
