import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { searchQuery, searchText } from "~/chats/search-query";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { audit } from "../audit/audit.server";
import { type AboutRow, aboutColumns, aboutJoins, namesMatch, toAbout } from "../chat-about.server";
import type { FoundChat, FoundFilter, FoundPlace, FoundSort } from "./found-chat";

type Asked = {
  filter: FoundFilter;
  sort: FoundSort;
  q?: string;
  within: FoundPlace;
  /** The `next` of the page before; what no list gave out starts over. */
  after?: string;
  size: number;
};

/** Chats on a page of what moderators find. */
export const foundSize = 30;

/**
 * Chats of everybody, which a moderator may find and, without a case on them, not read: no word of
 * theirs is in the answer. A search for words in messages says which chats have them, so that it is
 * in the audit log.
 */
export async function findChats(
  db: Db,
  viewer: Viewer,
  asked: Asked,
): Promise<{ chats: FoundChat[]; next: string | null }> {
  const q = searchText(asked.q ?? "");
  const words = asked.within === "messages" ? searchQuery(q) : null;
  const isWords = q !== "" && asked.within === "messages";
  const matching = !q ? sql`true` : isWords ? hasWords(words) : isAbout(q);
  if (!isWords) return readFound(db, asked, matching, null);
  return db.transaction(async (tx) => {
    const found = await readFound(tx, asked, matching, words);
    // Not what was looked for: it may be somebody's name.
    const details = { characters: q.length, found: found.chats.length };
    await audit(tx, viewer, { action: "chat.searched", details });
    return found;
  });
}

async function readFound(db: Db, asked: Asked, matching: SQL, words: string | null) {
  const { filter, sort, after, size } = asked;
  const { key, isUpwards } = orders[sort];
  const place = after ? parsePlace(after) : null;
  const direction = isUpwards ? sql`asc` : sql`desc`;
  const beyond = place
    ? sql`(${key}, c.id) ${isUpwards ? sql`>` : sql`<`} (${place.at}::timestamptz, ${place.id}::uuid)`
    : sql`true`;
  const rows = await db.execute<{ row: Row }>(sql`
    select to_json(x) as row from (
      select c.id, c.status, c.last_seq, c.last_message_at, c.created_at, ${key} as place,
        ${aboutColumns},
        (select d.id from disputes d where d.chat_id = c.id and d.status <> 'resolved') as case_id,
        ${words ? countOf(words) : sql`null`} as matches
      from chats c
      ${aboutJoins}
      where c.dispute_id is null and ${filters[filter]} and ${matching} and ${beyond}
      order by place ${direction}, c.id ${direction}
      limit ${size + 1}
    ) x`);
  const last = rows.length > size ? rows[size - 1]?.row : undefined;
  return {
    chats: rows.slice(0, size).map(({ row }) => toFound(row)),
    next: last ? formatPlace({ at: last.place, id: last.id }) : null,
  };
}

const filters: Record<FoundFilter, SQL> = {
  all: sql`true`,
  open: sql`c.status = 'open'`,
  frozen: sql`c.status = 'frozen'`,
  closed: sql`c.status = 'closed'`,
  archived: sql`c.status = 'archived'`,
  cases: sql`exists (select from disputes d where d.chat_id = c.id and d.status <> 'resolved')`,
};

const orders: Record<FoundSort, { key: SQL; isUpwards: boolean }> = {
  latest: { key: sql`c.last_message_at`, isUpwards: false },
  newest: { key: sql`c.created_at`, isUpwards: false },
  oldest: { key: sql`c.created_at`, isUpwards: true },
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By the id of the chat, of a side or of a case on it, by name or e-mail address, or by subject. */
function isAbout(q: string): SQL {
  if (uuid.test(q)) {
    return sql`(c.id = ${q} or c.buyer_id = ${q} or subject.seller_id = ${q}
      or c.id = (select d.chat_id from disputes d where d.id = ${q}))`;
  }
  return sql`(${namesMatch(q)} or ${q.toLowerCase()} in (buyer.email, seller.email))`;
}

/** As they are shown now: not what was edited away, taken back or removed. */
function hasWords(words: string | null): SQL {
  if (!words) return sql`false`;
  return sql`c.id in (
    select m.chat_id from chat_messages m where m.search @@ to_tsquery('simple', ${words}))`;
}

const countOf = (words: string) => sql`(
  select count(*)::int from chat_messages m
  where m.chat_id = c.id and m.search @@ to_tsquery('simple', ${words}))`;

type Row = AboutRow & {
  id: string;
  status: FoundChat["status"];
  last_seq: number;
  last_message_at: string;
  created_at: string;
  place: string;
  case_id: string | null;
  matches: number | null;
};

function toFound(row: Row): FoundChat {
  return {
    id: row.id,
    status: row.status,
    ...toAbout(row),
    messages: row.last_seq,
    lastMessageAt: new Date(row.last_message_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    caseId: row.case_id,
    matches: row.matches,
  };
}
