import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { notify } from "~/live/notify.server";
import type { SystemEvent } from "./system-event";

type Followed = { chatId: string; version: number; userIds: string[] };

/**
 * Has all chats about a subject say what it is now, in the transaction that changed its row and holds
 * its lock: `startChat` waits for that one, so that no chat comes between. One statement for all of
 * them, however many, because until the commit nobody can write in any.
 *
 * Chats in the archive are read with the subject as it is, and need nothing.
 *
 * @param event is told where people still write, or will again: in open and frozen chats; not in private
 *   threads, which are about a case
 * @returns how many chats follow
 */
export async function followSubject(
  tx: Db,
  subjectId: string,
  event: SystemEvent | null,
): Promise<number> {
  const locked = await tx.execute<{ id: string }>(sql`
    select id from chats where subject_id = ${subjectId} and status <> 'archived'
    order by id for no key update`);
  if (!locked.length) return 0;
  const told = JSON.stringify(locked.map(({ id }) => ({ chat_id: id, id: newRowId() })));
  // A second statement, because one that waited for a lock would show the others as they were before.
  const followed = await tx.execute<Followed>(sql`
    with about as materialized (
      select c.id as chat_id, t.id,
        (${event !== null}::boolean and c.status in ('open', 'frozen') and c.dispute_id is null)::int
          as messages
      from jsonb_to_recordset(${told}::jsonb) as t(chat_id uuid, id uuid)
      join chats c on c.id = t.chat_id and c.status <> 'archived'
    ),
    ticked as (
      update chats c
      set version = c.version + a.messages + 1, state_version = c.version + a.messages + 1,
        last_seq = c.last_seq + a.messages,
        last_message_at = case a.messages when 0 then c.last_message_at else
          greatest(clock_timestamp(), c.last_message_at + interval '1 ms')::timestamptz(3) end,
        changed_xid = pg_current_xact_id()
      from about a
      where c.id = a.chat_id
      returning a.*, c.version, c.last_seq as seq, c.last_message_at as created_at
    ),
    stored as (
      insert into chat_messages (id, chat_id, seq, created_version, version, type, event, created_at)
      select id, chat_id, seq, version - 1, version - 1, 'system', ${JSON.stringify(event)}::jsonb,
        created_at
      from ticked where messages = 1
    )
    select chat_id as "chatId", version::float8,
      (select coalesce(json_agg(p.user_id), '[]') from chat_participants p
        where p.chat_id = ticked.chat_id and p.left_at is null) as "userIds"
    from ticked order by chat_id`);
  await notify(
    tx,
    followed.map((one) => ({ kind: "change", ...one })),
  );
  return followed.length;
}
