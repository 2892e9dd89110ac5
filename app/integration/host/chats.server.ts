import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { chatColumns, chatJoins } from "~/chats/chat-columns.server";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { chatStatuses } from "~/db/schema";
import type { Host } from "./host";
import { type HostChat, type HostChatRow, toHostChat } from "./host-chat";

/** Which chats the host lists, and from where. */
export const hostChatsQuery = z.object({
  subject: z.string().min(1).max(200).optional().meta({
    description: "Only chats about the subject with this reference.",
    example: "order-1042",
  }),
  userId: z.guid().toLowerCase().optional().meta({
    description: "Only chats that this user is in.",
    example: "01980c0e-5d3c-7b44-9a53-6f2f6c1d7a10",
  }),
  status: z.enum(chatStatuses).optional().meta({
    description: "Only chats with this status.",
    example: "open",
  }),
  after: z
    .string()
    .refine((after) => parsePlace(after) !== null, { error: "no list gave this out" })
    .optional()
    .meta({
      description: "The `next` of the page before.",
      example: "2026-03-01T09:30:00.000Z_01980c0e-5d3c-7b44-9a53-6f2f6c1d7a10",
    }),
});

export type HostChatList = { chats: HostChat[]; next: string | null };

/** @returns null when there is no such chat, and for a private thread of moderators with one side */
export async function findHostChat(db: Db, _host: Host, id: string): Promise<HostChat | null> {
  const [found] = await select(db, sql`chats c`, sql`c.id = ${id}`, 1);
  return found ?? null;
}

/**
 * The chats of all people, the newest first: by when they were started, which no message changes, so
 * that a list that is read for an hour neither misses a chat nor shows it twice.
 *
 * @param size chats on a page
 */
export async function listHostChats(
  db: Db,
  _host: Host,
  { subject, userId, status, after, size }: z.output<typeof hostChatsQuery> & { size: number },
): Promise<HostChatList> {
  const start = after ? parsePlace(after) : null;
  const conditions = [
    status && sql`c.status = ${status}`,
    start && sql`(c.created_at, c.id) < (${start.at}::timestamptz, ${start.id}::uuid)`,
  ].filter((one) => one !== undefined && one !== null);
  const where = conditions.length ? sql.join(conditions, sql` and `) : sql`true`;
  const found = await select(db, sourceOf({ subject, userId }), where, size + 1);
  const chats = found.slice(0, size);
  const last = chats.at(-1);
  const place = last && { at: last.createdAt, id: last.id };
  return { chats, next: found.length > size && place ? formatPlace(place) : null };
}

/**
 * What somebody or a subject has are few: they are found first (`offset 0`), because PostgreSQL would
 * otherwise rather look for them among all chats in the order of the list.
 */
function sourceOf({ subject, userId }: { subject?: string; userId?: string }): SQL {
  const about = sql`(select id from subjects where reference = ${subject})`;
  if (userId) {
    const also = subject === undefined ? sql`` : sql`and mine.subject_id = ${about}`;
    return sql`(
      select mine.* from chat_participants me join chats mine on mine.id = me.chat_id
      where me.user_id = ${userId} and me.left_at is null ${also} offset 0) c`;
  }
  if (subject === undefined) return sql`chats c`;
  return sql`(
    select chats.* from chats where chats.subject_id = ${about} and chats.dispute_id is null
    offset 0) c`;
}

async function select(db: Db, source: SQL, where: SQL, limit: number): Promise<HostChat[]> {
  const rows = await db.execute<{ row: HostChatRow }>(sql`
    select to_json(x) as row from (
      select ${chatColumns}, c.closed_at, c.archived_at, (
        select json_object_agg(p.user_id, u.external_id)
        from chat_participants p join users u on u.id = p.user_id where p.chat_id = c.id
      ) as external_ids
      from ${source} ${chatJoins}
      where c.dispute_id is null and ${where}
      order by c.created_at desc, c.id desc limit ${limit}
    ) x`);
  return rows.map(({ row }) => toHostChat(row));
}
