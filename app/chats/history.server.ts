import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Chat } from "./chat";
import { findChat } from "./clock.server";
import type { Message } from "./message";
import { selectMessages } from "./messages.server";

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
  const messages = await selectMessages(
    db,
    sql`m.chat_id = ${chatId} and m.seq between ${first} and ${last}`,
  );
  const missing = messages.flatMap(({ replyTo }) => (replyTo && replyTo < first ? [replyTo] : []));
  const quoted = missing.length
    ? await selectMessages(
        db,
        sql`m.chat_id = ${chatId} and m.seq in (${sql.join([...new Set(missing)], sql`, `)})`,
      )
    : [];
  return { chat, messages, quoted };
}

/** The seqs of a page, `first` to `last`, in a chat that ends at `lastSeq`. */
export function pageRange(lastSeq: number, size: number, { before, after, around }: Place) {
  if (after !== undefined) {
    return { first: after + 1, last: Math.min(after + size, lastSeq) };
  }
  const wanted = around !== undefined ? around + Math.floor(size / 2) : (before ?? lastSeq + 1) - 1;
  const last = Math.min(wanted, lastSeq);
  return { first: Math.max(1, last - size + 1), last };
}
