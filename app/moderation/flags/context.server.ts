import { type SQL, sql } from "drizzle-orm";
import { isLockedOut } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import type { ChatRow } from "~/chats/chat";
import type { Db } from "~/db/client.server";
import { type CaseMessage, type CaseMessageRow, toCaseMessage } from "../access/case-message";
import { caseMessageColumns } from "../access/case-message-columns.server";
import { type FlagRow, isDecisionOf, isHeld, isPartyTo } from "./flag-row.server";

/** Messages on each side of the one that is flagged. */
const neighbours = 5;
/** Of a person, the last ones before he was reported. */
const beforeReport = 10;
/** As far back as filters look for the other parts of what was split over messages. */
const mostSplit = 8;

/** The places that a flag opens to who looks at it, and nothing else does. Expects the alias `f`. */
const contextRange: SQL = sql`select
  case when f.message_id is null then f.seq - ${sql.raw(String(beforeReport - 1))}
    else least(f.seq - ${sql.raw(String(neighbours))}, (
      select min(part.seq::bigint)
      from message_verdicts found, jsonb_array_elements(found.reasons) reason,
        jsonb_array_elements_text(reason -> 'earlier') part(seq)
      where found.message_id = f.message_id
        and part.seq::bigint >= f.seq - ${sql.raw(String(mostSplit))})) end as first,
  case when f.message_id is null then f.seq
    else f.seq + ${sql.raw(String(neighbours))} end as last`;

/**
 * What is flagged in the midst of its neighbours, each with all that it ever said and what filters
 * said of it. The caller holds the flag, and writes into the audit log what was read.
 */
export async function readContext(
  tx: Db,
  { id, chatId }: Pick<FlagRow, "id" | "chatId">,
  participants: ChatRow["participants"],
): Promise<CaseMessage[]> {
  const rows = await tx.execute<{ message: CaseMessageRow }>(sql`
    select to_json(y) as message from (
      select ${caseMessageColumns}
      from flags f cross join lateral (${contextRange}) range
      join chat_messages m on m.chat_id = ${chatId} and m.seq between range.first and range.last
      where f.id = ${id} order by m.seq
    ) y`);
  return rows.map(({ message }) => toCaseMessage(participants, message));
}

/**
 * A picture of a message that stands there, for the moderator who holds the flag at this moment. The
 * flag is locked until the commit, so that what is opened and what the audit log says of it come
 * before its decision.
 */
export async function pictureOfFlag(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  chatId: string,
  id: string,
): Promise<{ bytes: number; uploader_id: string; flag_id: string } | undefined> {
  const me = sql`u.id`;
  const [picture] = await tx.execute<{ bytes: number; uploader_id: string; flag_id: string }>(sql`
    select a.bytes, a.uploader_id, f.id as flag_id
    from attachments a
    join chat_messages m on m.id = a.message_id
    join flags f on f.chat_id = m.chat_id and ${isHeld} and f.claimed_by = ${viewer.id}
    join users u on u.id = f.claimed_by and u.role in ('moderator', 'admin')
    cross join lateral (${contextRange}) range
    where a.id = ${id} and a.chat_id = ${chatId} and a.stored_at is not null
      and m.seq between range.first and range.last
      and not ${isPartyTo(me)} and not ${isDecisionOf(me)} and not ${isLockedOut(me)}
    order by f.id limit 1
    for no key update of f for share of u`);
  return picture;
}
