import { type SQL, sql } from "drizzle-orm";
import type { Stage } from "~/chats/system-event";
import type { Db } from "~/db/client.server";
import { type DueCursor, type DueKind, type DuePage, dueKinds } from "./due";
import { heldChat } from "./holds.server";
import type { RetentionByStage } from "./policy";
import { readRetention } from "./settings.server";

/**
 * So many months later, by the calendar: from the 31st to the last day of a shorter month. In UTC,
 * because a connection's own time zone would move it by an hour twice a year.
 */
export const monthsAfter = (moment: SQL, months: SQL): SQL =>
  sql`((${moment}) at time zone 'UTC' + ${months} * interval '1 month') at time zone 'UTC'`;

/** The policies as rows: `stage`, `close_after`, `archive_after`, `delete_after`, in months. */
export function policyRows(byStage: RetentionByStage, alias = "p"): SQL {
  const rows = Object.entries(byStage).map(([stage, months]) => ({
    stage,
    close_after: months.closeAfter,
    archive_after: months.archiveAfter,
    delete_after: months.deleteAfter,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.identifier(alias)}(
    stage text, close_after int, archive_after int, delete_after int)`;
}

/** Of each kind: which chats it is about, by what they are walked, and since when one waits. */
const kinds = {
  // No index has the time of the last message, because each send would pay for it: all are walked.
  close: { status: "open", sortedBy: null, since: "c.last_message_at", after: "closeAfter" },
  archive: {
    status: "closed",
    sortedBy: "closed_at",
    since: "greatest(c.closed_at, c.restored_at)",
    after: "archiveAfter",
  },
  delete: {
    status: "archived",
    sortedBy: "archived_at",
    since: "c.archived_at",
    after: "deleteAfter",
  },
} as const;

const columns = {
  closeAfter: "close_after",
  archiveAfter: "archive_after",
  deleteAfter: "delete_after",
};

/** Since when a chat `c` waits for what comes next by the policy `p`; null where nothing does. */
export const dueAt: SQL = sql`case ${sql.join(
  Object.values(kinds).map(
    ({ status, since, after }) =>
      sql`when c.status = ${sql.raw(`'${status}'`)} then ${monthsAfter(sql.raw(since), sql.raw(`p.${columns[after]}`))}`,
  ),
  sql` `,
)} end`;

/** Most chats that one page looks at: a statement of some milliseconds. */
const pageSize = 1_000;

/**
 * A page of the chats that are due at a moment, the private threads with the chats of their cases.
 * What is planned, tried and done is looked for here and nowhere else.
 *
 * @param after where the page before ended
 */
export async function readDue(
  db: Db,
  kind: DueKind,
  {
    byStage,
    now,
    after = null,
    limit = pageSize,
  }: { byStage: RetentionByStage; now: Date; after?: DueCursor | null; limit?: number },
): Promise<DuePage> {
  const { status, sortedBy } = kinds[kind];
  const fewest = fewestMonths(byStage, kind);
  if (fewest === null) return { chats: [], looked: 0, next: null };
  const moment = sql`${now.toISOString()}::timestamptz`;
  const sort = sortedBy && sql.raw(`c.${sortedBy}`);
  // Months differ by up to three days: a date may be nearer by its calendar than by its distance.
  const bound = sort
    ? sql`and ${sort} <= ${monthsAfter(moment, sql`${-fewest}::int`)} + interval '4 days'`
    : sql``;
  const behind = !after
    ? sql``
    : sort
      ? sql`and (${sort}, c.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql`and c.id > ${after.id}::uuid`;
  const rows = await db.execute<{
    looked: string;
    last_id: string;
    last_at: string | null;
    id: string | null;
    at: string | null;
    stage: Stage;
    due_at: string;
    messages: string;
    is_held: boolean;
  }>(sql`
    with page as materialized (
      select c.*, ${sort ?? sql`null::timestamptz`} as sorted_at from chats c
      where c.status = ${sql.raw(`'${status}'`)} and c.dispute_id is null ${bound} ${behind}
      order by ${sort ? sql`${sort}, c.id` : sql`c.id`} limit ${limit}
    ), due as (
      select c.id, c.last_seq, s.stage, ${dueAt} as due_at, c.sorted_at from page c
      join subjects s on s.id = c.subject_id join ${policyRows(byStage)} on p.stage = s.stage
      where ${dueAt} <= ${moment}
    )
    select (select count(*) from page) as looked, l.id as last_id, l.sorted_at::text as last_at,
      c.id, c.sorted_at::text as at, c.stage, to_json(c.due_at) #>> '{}' as due_at, ${messagesOf(sql`c`)} as messages,
      ${heldChat(sql`c.id`, now)} as is_held
    from (select id, sorted_at from page order by sorted_at desc, id desc limit 1) l
    left join due c on true
    order by c.sorted_at, c.id`);
  const [first] = rows;
  const looked = Number(first?.looked ?? 0);
  const chats = rows.flatMap(({ id, at, stage, due_at, messages, is_held: isHeld }) =>
    id ? [{ id, at, stage, dueAt: new Date(due_at), messages: Number(messages), isHeld }] : [],
  );
  const next = first && looked === limit ? { at: first.last_at, id: first.last_id } : null;
  return { chats, looked, next };
}

/** How many messages a chat has with its private threads: seqs have no holes. */
export const messagesOf = (chat: SQL): SQL => sql`(${chat}.last_seq + coalesce((
  select sum(t.last_seq) from disputes d join chats t on t.dispute_id = d.id
  where d.chat_id = ${chat}.id), 0))`;

function fewestMonths(byStage: RetentionByStage, kind: DueKind): number | null {
  const months = Object.values(byStage).map((one) => one[kinds[kind].after]);
  const set = months.filter((one) => one !== null);
  return set.length ? Math.min(...set) : null;
}

/**
 * What a chat is due for by the policy of this moment, whatever holds it: asked again by each step,
 * in the transaction that makes it and under the chat's lock.
 *
 * @returns null where it is due for nothing, and for a chat that is gone or a private thread
 */
export async function dueFor(tx: Db, chatId: string, now: Date): Promise<DueKind | null> {
  const { byStage } = await readRetention(tx);
  const [row] = await tx.execute<{ status: string }>(sql`
    select c.status from chats c join subjects s on s.id = c.subject_id
    join ${policyRows(byStage)} on p.stage = s.stage
    where c.id = ${chatId} and c.dispute_id is null
      and ${dueAt} <= ${now.toISOString()}::timestamptz`);
  return dueKinds.find((kind) => kinds[kind].status === row?.status) ?? null;
}
