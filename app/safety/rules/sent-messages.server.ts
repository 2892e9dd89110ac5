import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { stages } from "~/db/schema";
import { dryRunDays } from "./dry-run";

type Stage = (typeof stages)[number];

/** What somebody sent, as it stands now, with the stage that his chat was at then. */
export type SentMessage = { id: string; text: string; stage: Stage; day: string };

/** At once, so that no statement is long and nobody waits for one. Most chats may be old ones. */
export const atOnce = { lookedAt: 500, chats: 50, messages: 500 };

const since = sql.raw(`now() - interval '${dryRunDays} days'`);

/** Chats of a buyer and a seller, whatever their status: what moderators write to one side is none. */
const isInQuestion = sql`(chat.last_message_at >= ${since} and chat.dispute_id is null)`;

const selectCount = prepare<{ count: number }>(
  sql`select count(*)::int as count from chats chat where ${isInQuestion}`,
);

/** Of those that are not meant nothing else is looked up. */
type ChatRow = { id: string; is_meant: boolean; stage: Stage; moderators: string[] | null };

const selectChats = prepare<ChatRow>(sql`
  select chat.id, chat.is_meant,
    case when chat.is_meant then (
      select subject.stage from subjects subject where subject.id = chat.subject_id) end as stage,
    case when chat.is_meant then (select json_agg(p.user_id) from chat_participants p
      where p.chat_id = chat.id and p.role = 'moderator') end as moderators
  from (
    select chat.id, chat.subject_id, ${isInQuestion} as is_meant from chats chat
    where chat.id > ${sql.placeholder("after")}::uuid
    order by chat.id limit ${sql.raw(`${atOnce.lookedAt}`)}
  ) chat
  order by chat.id`);

type MessageRow = {
  id: string;
  chat_id: string;
  seq: number;
  is_recent: boolean;
  /** Of what says that the stage changed: what it was before. */
  stage_before: Stage | null;
  sender_id: string | null;
  text: string | null;
  day: string;
};

/** Of pictures, what their sender says of them counts as it does when they are sent. */
const selectMessages = prepare<MessageRow>(sql`
  select said.id, said.chat_id, said.seq::int, said.created_at >= ${since} as is_recent,
    case when said.event ->> 'kind' = 'stage_changed' then said.event ->> 'from' end as stage_before,
    said.sender_id, to_char(said.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
    case when said.deleted_at is null then concat_ws(E'\n', said.body,
      case when said.type = 'image' then (select string_agg(alt, E'\n' order by position)
        from attachments where message_id = said.id) end) end as text
  from json_to_recordset(${sql.placeholder("walks")}::text::json) walk(id uuid, below bigint)
  cross join lateral (
    select * from chat_messages m where m.chat_id = walk.id and m.seq < walk.below
    order by m.seq desc limit ${sql.placeholder("each")}::int
  ) said
  order by said.chat_id, said.seq desc`);

const nothing = "00000000-0000-0000-0000-000000000000";

/** How many chats `sentMessages` goes through. */
export async function countSentChats(db: Db): Promise<number> {
  const [row] = await selectCount(db, {});
  return row?.count ?? 0;
}

/**
 * What was sent in the last days, in small parts: in each chat from the newest on, until it is too old.
 * A message is found by its chat and place, because an index by time would cost every send.
 *
 * @returns parts of messages; `chats` are those that it is through with
 */
export async function* sentMessages(
  db: Db,
): AsyncGenerator<{ chats: number; messages: SentMessage[] }> {
  for (let after = nothing; ; ) {
    const lookedAt = await selectChats(db, { after });
    const last = lookedAt.at(-1);
    if (!last) return;
    after = last.id;
    const meant = lookedAt.filter(({ is_meant }) => is_meant);
    for (let from = 0; from < meant.length; from += atOnce.chats) {
      yield* messagesOf(db, meant.slice(from, from + atOnce.chats));
    }
    yield { chats: 0, messages: [] };
  }
}

/** One chat on the way back: which places are left, and the stage that it was at there. */
type Walk = { id: string; below: number; stage: Stage; moderators: string[] };

async function* messagesOf(db: Db, chats: ChatRow[]) {
  let walks = chats.map(
    ({ id, stage, moderators }): Walk => ({
      ...{ id, stage, moderators: moderators ?? [] },
      below: Number.MAX_SAFE_INTEGER,
    }),
  );
  while (walks.length > 0) {
    const each = Math.floor(atOnce.messages / walks.length);
    const left = JSON.stringify(walks.map(({ id, below }) => ({ id, below })));
    const rows = Map.groupBy(
      await selectMessages(db, { walks: left, each }),
      ({ chat_id }) => chat_id,
    );
    const messages = walks.flatMap((walk) => goBack(walk, rows.get(walk.id) ?? []));
    const before = walks.length;
    walks = walks.filter(({ id }) => {
      const read = rows.get(id) ?? [];
      return read.length === each && read.at(-1)?.is_recent;
    });
    yield { chats: before - walks.length, messages };
  }
}

/** @param rows the newest first */
function goBack(walk: Walk, rows: MessageRow[]): SentMessage[] {
  const messages: SentMessage[] = [];
  for (const { id, seq, is_recent, stage_before, sender_id, text, day } of rows) {
    walk.below = seq;
    if (!is_recent) break;
    if (stage_before) walk.stage = stage_before;
    if (!text || !sender_id || walk.moderators.includes(sender_id)) continue;
    messages.push({ id, text, day, stage: walk.stage });
  }
  return messages;
}
