import { type SQL, sql } from "drizzle-orm";
import { rememberedHours } from "./limits";

export const remembered: SQL = sql.raw(`interval '${rememberedHours} hours'`);

/** The newest prints of one sender that are compared, so that who writes very much costs no more. */
const mostCompared = 1_000;

type Compared = { senderId: SQL; print: SQL; distance: SQL; notIn: SQL };

/** In how many other chats one sender wrote alike within the time that is remembered (`Alike`). */
export function alikeSql({ senderId, print, distance, notIn }: Compared): SQL {
  return sql`(
    select count(distinct p.chat_id) filter (where k.buyer_id = p.sender_id) as opened,
      count(distinct p.chat_id) as total,
      array_agg(p.message_id) as message_ids
    from (
      select message_id, chat_id, sender_id, print from message_prints
      where sender_id = ${senderId} and created_at > now() - ${remembered}
      order by created_at desc limit ${sql.raw(String(mostCompared))}
    ) p
    join chats k on k.id = p.chat_id
    where bit_count((p.print # ${print})::bit(64)) <= ${distance} and p.chat_id <> ${notIn}
  )`;
}

/** How many chats somebody began whose account is in its first day; 0 of all others. */
export function begunSql(userId: SQL): SQL {
  return sql`(
    select count(began.id) from users u
    join chats began on began.buyer_id = u.id and began.created_at > now() - ${remembered}
      and began.dispute_id is null
    where u.id = ${userId} and u.created_at > now() - ${remembered}
  )`;
}
