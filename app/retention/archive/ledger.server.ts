import { randomBytes } from "node:crypto";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { chatArchives } from "~/db/schema";
import { Superseded } from "../means";

export type ArchiveRow = typeof chatArchives.$inferSelect;
export type ArchiveState = ArchiveRow["state"];

/** Every object of a chat's archive lies below this, so that what a killed run left is found. */
export const archiveFolder = (chatId: string) => `archives/${chatId}/`;

/** Later than the last one, also within a millisecond or when the clock was set back. */
const nextMoment = sql.raw(
  `greatest(clock_timestamp()::timestamptz(3), chat_archives.stepped_at + interval '1 ms')`,
);

/**
 * Another one for each attempt, so that one that was thought dead cannot write over that of the next;
 * in the order of the attempts, so that one knows what is older than its own.
 */
const keyAt = (moment: SQL, chatId: string, random: string) => sql`
  ${archiveFolder(chatId)}::text
    || to_char(floor(extract(epoch from ${moment}) * 1000), 'FM000000000000000')
    || ${`-${random}.json.gz`}::text`;

export async function findArchive(db: Db, chatId: string): Promise<ArchiveRow | null> {
  const [row] = await db.select().from(chatArchives).where(eq(chatArchives.chatId, chatId));
  return row ?? null;
}

/**
 * What tells an attempt from those before it: the moment when it took the chat up, which is another
 * one each time. Whoever goes on with a chat takes it up first, and whatever an attempt does to rows
 * it does only while it is the last: so two at once, or one that was thought dead, do no harm.
 */
export type Attempt = { chatId: string; token: string };

/**
 * Takes a chat up whose row is there.
 *
 * @returns `freshKey`: for an object that this attempt writes; null when there is none, or not in these
 *   states
 */
export async function takeUp(
  tx: Db,
  chatId: string,
  states: readonly ArchiveState[],
  set: SQL = sql``,
): Promise<{ attempt: Attempt; row: ArchiveRow; freshKey: string } | null> {
  const [taken] = await tx.execute<{ token: string; fresh_key: string }>(sql`
    update chat_archives set stepped_at = ${nextMoment} ${set}
    where chat_id = ${chatId} and state in (select value
      from jsonb_array_elements_text(${JSON.stringify(states)}::jsonb))
    returning stepped_at::text as token,
      ${keyAt(sql`stepped_at`, chatId, newRandom())} as fresh_key`);
  const row = taken && (await findArchive(tx, chatId));
  return row ? { attempt: { chatId, token: taken.token }, row, freshKey: taken.fresh_key } : null;
}

const newRandom = () => randomBytes(8).toString("hex");

type New = { chatId: string; state: "writing" | "deleting"; chatVersion: number; messages: number };

/** Notes what is going to lie in the storage before it does; over what an earlier attempt noted. */
export async function note(tx: Db, { chatId, state, chatVersion, messages }: New) {
  const random = newRandom();
  const [row] = await tx.execute<{ token: string; object_key: string }>(sql`
    insert into chat_archives
      (chat_id, state, object_key, chat_version, messages, pictures, stepped_at)
    select ${chatId}, ${state}, ${keyAt(sql`now.at`, chatId, random)}, ${chatVersion}, ${messages},
      0, now.at
    from (select clock_timestamp()::timestamptz(3) as at) now
    on conflict (chat_id) do update set object_key = ${keyAt(nextMoment, chatId, random)},
      chat_version = excluded.chat_version, messages = excluded.messages, pictures = 0,
      sha256 = null, bytes = null, head_hash = null, stepped_at = ${nextMoment}
    where chat_archives.state = 'writing'
    returning stepped_at::text as token, object_key`);
  return row ? { attempt: { chatId, token: row.token }, objectKey: row.object_key } : null;
}

/** Changes the row of an attempt. @throws Superseded when it is not the last one any more */
export async function change(tx: Db, attempt: Attempt, set: SQL): Promise<void> {
  const [row] = await tx.execute(sql`
    update chat_archives set ${set}
    where chat_id = ${attempt.chatId} and stepped_at = ${attempt.token}::timestamptz returning 1`);
  if (!row) throw new Superseded();
}

/** @throws Superseded when it is not the last one any more */
export async function remove(tx: Db, attempt: Attempt): Promise<void> {
  const [row] = await tx.execute(sql`
    delete from chat_archives
    where chat_id = ${attempt.chatId} and stepped_at = ${attempt.token}::timestamptz returning 1`);
  if (!row) throw new Superseded();
}

/** Holds the row of an attempt until the commit. @throws Superseded when it is not the last one */
export async function hold(tx: Db, attempt: Attempt): Promise<void> {
  const [row] = await tx.execute(sql`
    select 1 from chat_archives
    where chat_id = ${attempt.chatId} and stepped_at = ${attempt.token}::timestamptz
    for no key update`);
  if (!row) throw new Superseded();
}

export async function isLast(db: Db, { chatId, token }: Attempt): Promise<boolean> {
  const [row] = await db.execute(sql`
    select 1 from chat_archives
    where chat_id = ${chatId} and stepped_at = ${token}::timestamptz`);
  return row !== undefined;
}
