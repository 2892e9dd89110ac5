import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { type Chat, type ChatRow, toChat } from "./chat";
import { chatColumns, chatJoins } from "./chat-columns.server";
import { type Message, toMessageOf } from "./message";
import { ownMessageRow, ownMessageValues } from "./message-columns.server";
import { type Place, pageRange, rangeValues } from "./page-range.server";
import { may } from "./permissions";

export type History = {
  chat: Chat;
  /** In the order of seq, without holes. */
  messages: Message[];
  /** What the page's messages answer and does not stand on the page itself. */
  quoted: Message[];
};

type Asked = Place & { chatId: string; size: number };

/**
 * One page of a chat. Seqs have no holes, so a page is a range of them: pages neither overlap nor
 * miss a message, whatever arrives meanwhile.
 *
 * @param size messages on a page
 * @returns null when there is no such chat for this viewer
 */
export async function readHistory(db: Db, viewer: Viewer, asked: Asked): Promise<History | null> {
  const page = await readChatPage(db, viewer, asked);
  return page && { chat: page.chat, messages: page.messages, quoted: page.quoted };
}

/**
 * A page of history with what stands around it for this viewer.
 *
 * @param about the seq of a message that is wanted beside the page, which may hold it
 */
export async function readChatPage(db: Db, viewer: Viewer, asked: Asked & { about?: number }) {
  const found = await readPage(db, viewer.id, asked);
  const chat = found && toChat(found.row, viewer.id);
  if (!chat || !may.read(viewer, chat)) return null;
  const { row, ...page } = found;
  return {
    ...page,
    chat,
    readSeq: row.participants.find(({ id }) => id === viewer.id)?.readSeq ?? 0,
    isArchived: row.is_archived ?? false,
  };
}

/** The same page for the host, which sits in no chat; private threads are not for it. */
export async function readChatPageAsHost(db: Db, asked: Asked) {
  const found = await readPage(db, nobody, asked);
  if (!found || found.row.private_thread) return null;
  const { row, ...page } = found;
  return { ...page, chat: { status: row.status, lastSeq: row.last_seq } };
}

const nobody = "00000000-0000-0000-0000-000000000000";

async function readPage(
  db: Db,
  userId: string,
  { chatId, size, about = 0, ...place }: Asked & { about?: number },
) {
  const values = { chatId, userId, about, ...rangeValues(size, place) };
  const [found] = await selectPage(db, values);
  if (!found) return null;
  const { row } = found;
  const read = (rows: unknown[][] | null) =>
    rows?.map((values) => toMessageOf(row.participants, ownMessageRow(values))) ?? [];
  const messages = read(row.messages);
  const beside = read(row.beside);
  const answered = new Set(messages.map(({ replyTo }) => replyTo));
  return {
    row,
    messages,
    quoted: beside.filter(({ seq }) => answered.has(seq)),
    about: [...messages, ...beside].find(({ seq }) => seq === about) ?? null,
  };
}

type PageRow = ChatRow & {
  is_archived: boolean | null;
  messages: unknown[][] | null;
  beside: unknown[][] | null;
};

const messagesWhere = (where: SQL) => sql`(
  select json_agg(y.message) from (
    select ${ownMessageValues} as message
    from chat_messages m where m.chat_id = c.id and ${where}
    order by m.seq
  ) y)`;

/** In one statement, because a page that is read in several shows several moments. */
const selectPage = prepare<{ row: PageRow }>(sql`
  select to_json(x) as row from (
    select ${chatColumns},
      (select p.archived_at >= c.last_message_at from chat_participants p
        where p.chat_id = c.id and p.user_id = ${sql.placeholder("userId")}) as is_archived,
      ${messagesWhere(sql`m.seq between range.first and range.last`)} as messages,
      ${messagesWhere(sql`m.seq = any(array(
        select answer.reply_to from chat_messages answer
        where answer.chat_id = c.id and answer.seq between range.first and range.last
          and answer.reply_to < range.first
        union all select ${sql.placeholder("about")}::bigint
      )) and m.seq not between range.first and range.last`)} as beside
    from chats c ${chatJoins}
    cross join lateral (${pageRange(sql`c.last_seq`, {
      size: sql.placeholder("size"),
      after: sql.placeholder("after"),
      end: sql.placeholder("end"),
    })}) range
    where c.id = ${sql.placeholder("chatId")}
  ) x`);
