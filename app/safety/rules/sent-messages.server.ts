import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { stages } from "~/db/schema";
import { dryRunDays } from "./dry-run";

type Stage = (typeof stages)[number];

/** What somebody sent, as it stands now, with the stage that his chat was at then. */
export type SentMessage = { id: string; text: string; stage: Stage; day: string };

/** At once, so that no statement is long and nobody waits for one. */
export const atOnce = { chats: 50, messages: 500 };

const since = sql.raw(`now() - interval '${dryRunDays} days'`);

/** Chats of a buyer and a seller, whatever their status: what moderators write to one side is none. */
const isInQuestion = sql`chat.last_message_at >= ${since} and chat.dispute_id is null`;

const selectCount = prepare<{ count: number }>(
  sql`select count(*)::int as count from chats chat where ${isInQuestion}`,
);

type ChatRow = {
  id: string;
  stage: Stage;
  /** Where the stage changed since, and from what, in the order of places. */
  changes: { seq: number; from: Stage }[] | null;
};

const selectChats = prepare<ChatRow>(sql`
  select chat.id, subject.stage,
    (select json_agg(json_build_object('seq', said.seq, 'from', said.event ->> 'from')
        order by said.seq)
      from chat_messages said
      where said.chat_id = chat.id and said.type = 'system' and said.created_at >= ${since}
        and said.event ->> 'kind' = 'stage_changed') as changes
  from chats chat join subjects subject on subject.id = chat.subject_id
  where chat.id > ${sql.placeholder("after")}::uuid and ${isInQuestion}
  order by chat.id limit ${sql.raw(`${atOnce.chats}`)}`);

type MessageRow = { id: string; chat_id: string; seq: number; text: string | null; day: string };

/** Of pictures, what their sender says of them counts as it does when they are sent. */
const selectMessages = prepare<MessageRow>(sql`
  select said.id, said.chat_id, said.seq::int,
    to_char(said.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
    concat_ws(E'\n', said.body, case when said.type = 'image' then
      (select string_agg(alt, E'\n' order by position) from attachments
        where message_id = said.id) end) as text
  from chat_messages said
  join chat_participants sender
    on sender.chat_id = said.chat_id and sender.user_id = said.sender_id
  where said.chat_id = any(${sql.placeholder("chats")}::uuid[])
    and (said.chat_id, said.seq) > (${sql.placeholder("chat")}::uuid, ${sql.placeholder("seq")}::bigint)
    and said.created_at >= ${since} and said.deleted_at is null and sender.role <> 'moderator'
  order by said.chat_id, said.seq limit ${sql.raw(`${atOnce.messages}`)}`);

const nothing = "00000000-0000-0000-0000-000000000000";

/** How many chats `sentMessages` goes through. */
export async function countSentChats(db: Db): Promise<number> {
  const [row] = await selectCount(db, {});
  return row?.count ?? 0;
}

/**
 * What was sent in the last days, in small parts: chat by chat and in each in its order. A message
 * is found by its chat and place, because an index by time would cost every send.
 *
 * @returns parts of messages; `chats` are those that it is through with
 */
export async function* sentMessages(
  db: Db,
): AsyncGenerator<{ chats: number; messages: SentMessage[] }> {
  for (let after = nothing; ; ) {
    const chats = await selectChats(db, { after });
    const last = chats.at(-1);
    if (!last) return;
    after = last.id;
    yield* messagesOf(db, chats);
    yield { chats: chats.length, messages: [] };
  }
}

async function* messagesOf(db: Db, chats: ChatRow[]) {
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  const ids = `{${[...byId.keys()].join(",")}}`;
  for (let [chat, seq] = [nothing, 0]; ; ) {
    const rows = await selectMessages(db, { chats: ids, chat, seq });
    const messages = rows.flatMap(({ id, chat_id, seq, text, day }) => {
      const of = byId.get(chat_id);
      return of && text ? [{ id, text, day, stage: stageAt(of, seq) }] : [];
    });
    yield { chats: 0, messages };
    const last = rows.at(-1);
    if (!last || rows.length < atOnce.messages) return;
    [chat, seq] = [last.chat_id, last.seq];
  }
}

/** The next change says what it was before; without one it is what it is now. */
function stageAt({ stage, changes }: ChatRow, seq: number): Stage {
  return changes?.find((change) => change.seq > seq)?.from ?? stage;
}
