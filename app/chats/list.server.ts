import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { prepare } from "~/db/prepared.server";
import { type Chat, type ChatRow, toChat } from "./chat";
import { chatColumns, chatJoins } from "./chat-columns.server";
import { type Message, type OwnMessageRow, toMessageOf } from "./message";
import { ownMessageColumns } from "./message-columns.server";
import { searchQuery, searchText } from "./search-query";

export type ListFilter = "all" | "unread" | "archived";

/** A chat in the list, with its last message and, in a search, the message that matched. */
export type ListedChat = { chat: Chat; lastMessage: Message | null; match: Message | null };

export type ChatList = { chats: ListedChat[]; next: string | null };

/**
 * The viewer's chats, latest first. A search finds people, subjects and words in messages.
 *
 * @param after the `next` of the page before
 * @param size chats on a page
 */
export async function listChats(
  db: Db,
  viewer: Viewer,
  { filter, q, after, size }: { filter: ListFilter; q?: string; after?: string; size: number },
): Promise<ChatList> {
  const asked = searchText(q ?? "");
  const words = searchQuery(asked);
  const start = after ? parsePlace(after) : null;
  const further = sql`
    ${asked ? sql`and ${matches(viewer, asked, words)}` : sql``}
    ${start ? sql`and (c.last_message_at, c.id) < (${start.at}::timestamptz, ${start.id}::uuid)` : sql``}`;
  const rows =
    asked || start
      ? await db.execute<{ row: Row }>(
          rowsOf(
            { userId: viewer.id, limit: size + 1, match: words ? shownMatch(words) : sql`null` },
            sql`${filters[filter]} ${further}`,
          ),
        )
      : await newest[filter](db, { userId: viewer.id, limit: size + 1 });
  const chats = rows.slice(0, size).map(({ row }) => ({
    chat: toChat(row, viewer.id),
    lastMessage: row.last_message && toMessageOf(row.participants, row.last_message),
    match: row.match && toMessageOf(row.participants, row.match),
  }));
  const last = chats.at(-1)?.chat;
  const place = last && { at: last.lastMessageAt, id: last.id };
  return { chats, next: rows.length > size && place ? formatPlace(place) : null };
}

type Row = ChatRow & { last_message: OwnMessageRow | null; match: OwnMessageRow | null };

const selectUnread = prepare<{ chat_id: string; last_seq: string; read_seq: string }>(sql`
  select me.chat_id, c.last_seq, me.read_seq
  from chat_participants me join chats c on c.id = me.chat_id
  where me.user_id = ${sql.placeholder("userId")} and me.left_at is null and c.last_seq > me.read_seq`);

/** How many messages each of the viewer's chats has that he did not read, where there are any. */
export async function listUnread(db: Db, viewer: Pick<Viewer, "id">) {
  const rows = await selectUnread(db, { userId: viewer.id });
  return rows.map((row) => ({
    chatId: row.chat_id,
    lastSeq: Number(row.last_seq),
    readSeq: Number(row.read_seq),
  }));
}

/** How many messages the person did not read, of all chats. */
export async function countUnread(db: Db, person: Pick<Viewer, "id">): Promise<number> {
  const unread = await listUnread(db, person);
  return unread.reduce((sum, { lastSeq, readSeq }) => sum + lastSeq - readSeq, 0);
}

/** A chat leaves the archive by its next message. */
const archived = sql`coalesce(me.archived_at >= c.last_message_at, false)`;
const filters: Record<ListFilter, SQL> = {
  all: sql`not ${archived}`,
  unread: sql`c.last_seq > me.read_seq`,
  archived,
};

type Asked = { userId: unknown; limit: unknown; match: SQL };

const rowsOf = ({ userId, limit, match }: Asked, where: SQL) => sql`
  select to_json(x) as row from (
    select ${chatColumns}, ${lastMessage} as last_message, ${match} as match
    from chat_participants me
    join chats c on c.id = me.chat_id
    ${chatJoins}
    where me.user_id = ${userId} and me.left_at is null and ${where}
    order by c.last_message_at desc, c.id desc
    limit ${limit}
  ) x`;

const oneMessage = (where: SQL) => sql`(
  select to_json(y) from (
    select ${ownMessageColumns} from chat_messages m where m.chat_id = c.id and ${where}
  ) y)`;

/** Not of an archived chat, whose rows may be on their way. */
const lastMessage = sql`case when c.status <> 'archived' then ${oneMessage(sql`m.seq = c.last_seq`)} end`;

/** The newest page without a search: what stands beside every chat, so it is prepared. */
const newestOf = (filter: ListFilter) =>
  prepare<{ row: Row }>(
    rowsOf(
      { userId: sql.placeholder("userId"), limit: sql.placeholder("limit"), match: sql`null` },
      filters[filter],
    ),
  );
const newest: Record<ListFilter, ReturnType<typeof newestOf>> = {
  all: newestOf("all"),
  unread: newestOf("unread"),
  archived: newestOf("archived"),
};

/** The newest message of the chat that has the words. */
const matchIn = (words: string) =>
  oneMessage(sql`m.search @@ to_tsquery('simple', ${words}) order by m.seq desc limit 1`);

/** What a moderator looks for in a chat that he joined he looks for under its case, where it is noted. */
const maySearch = sql`(me.role <> 'moderator' and c.status <> 'archived')`;

const shownMatch = (words: string) => sql`case when ${maySearch} then ${matchIn(words)} end`;

function matches(viewer: Viewer, q: string, words: string | null): SQL {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  // With a limit, so that PostgreSQL looks into the viewer's chats one by one: for a frequent word it
  // would otherwise rather read the messages of everybody.
  const inMessage = words
    ? sql`(
        select true from chat_messages m
        where m.chat_id = c.id and m.search @@ to_tsquery('simple', ${words}) limit 1)`
    : sql`false`;
  return sql`(
    subject.title ilike ${pattern} or subject.reference ilike ${pattern}
    or exists (
      select 1 from chat_participants p join users u on u.id = p.user_id
      where p.chat_id = c.id and p.user_id <> ${viewer.id} and p.left_at is null and u.name ilike ${pattern})
    or (${maySearch} and ${inMessage}))`;
}
