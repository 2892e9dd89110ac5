import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";

/** What a message says, or said until it was taken back; and what it said at first. */
export type Said = { seq: number; body: string; first: string };

export type Surrounding = { before: Said[]; after: Said[]; isWatched: boolean };

/** So many messages of one sender in a row count as one, and so far apart at most, in minutes. */
const [mostInRow, mostMinutes] = [8, 15];
/** Further than this nobody looks: what the chat says of itself may stand between them. */
const mostPlaces = 4 * mostInRow;

type Row = Said & { sender_id: string; is_watched: boolean };

const placeholder = {
  chatId: sql`${sql.placeholder("chatId")}::uuid`,
  seq: sql`${sql.placeholder("seq")}::bigint`,
  senderId: sql`${sql.placeholder("senderId")}::uuid`,
};

const selectAround = prepare<Row>(sql`
  with place as materialized (
    select coalesce((select m.created_at from chat_messages m
      where m.chat_id = ${placeholder.chatId} and m.seq = ${placeholder.seq}),
      clock_timestamp()) as moment,
      (select coalesce(u.watched_until > now(), false) from users u
        where u.id = ${placeholder.senderId}) as is_watched
  )
  select m.seq::int, m.sender_id, place.is_watched,
    concat_ws(E'\n', coalesce(m.body, kept.latest), words.alts) as body,
    concat_ws(E'\n', coalesce(kept.first, m.body), words.alts) as first
  from place
  left join chat_messages m on m.chat_id = ${placeholder.chatId}
    and m.seq between ${placeholder.seq} - ${sql.raw(`${mostPlaces}`)}
      and ${placeholder.seq} + ${sql.raw(`${mostPlaces}`)}
    and m.sender_id is not null
    and m.created_at between place.moment - interval '${sql.raw(`${mostMinutes}`)} minutes'
      and place.moment + interval '${sql.raw(`${mostMinutes}`)} minutes'
  left join lateral (
    select (array_agg(v.body order by v.version))[1] as first,
      (array_agg(v.body order by v.version desc))[1] as latest
    from chat_message_versions v
    where m.changed_xid <> m.created_xid and v.message_id = m.id and v.body is not null
  ) kept on true
  left join lateral (
    select string_agg(a.alt, E'\n' order by a.position) as alts
    from attachments a where m.type = 'image' and a.message_id = m.id
  ) words on true
  order by m.seq`);

/**
 * What one person wrote in a row directly before a place of a chat, and directly after it, in the
 * order of the chat, with the words for pictures. What was taken back or changed counts, because it
 * may have been read by then. What somebody else wrote ends it; what the chat says of itself does
 * not.
 *
 * @param seq of a message that is there, or the next one
 * @returns also whether all that he writes is looked at now
 */
export async function wordsAround(
  tx: Db,
  chatId: string,
  senderId: string,
  seq: number,
): Promise<Surrounding> {
  const found = await selectAround(tx, { chatId, seq, senderId });
  const rows = found.filter((row) => row.sender_id);
  const before = rows.filter((row) => row.seq < seq).reverse();
  const after = rows.filter((row) => row.seq > seq);
  return {
    before: inRow(before, senderId).reverse(),
    after: inRow(after, senderId),
    isWatched: found[0]?.is_watched ?? false,
  };
}

/** From the nearest on, until somebody else wrote. */
function inRow(rows: Row[], senderId: string): Said[] {
  const end = rows.findIndex(({ sender_id }) => sender_id !== senderId);
  return rows
    .slice(0, end < 0 ? mostInRow : Math.min(end, mostInRow))
    .map(({ seq, body, first }) => ({ seq, body, first }));
}
