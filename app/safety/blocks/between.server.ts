import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

/** Whether one of two people blocks the other. */
export const isBlockBetween = (one: SQL, other: SQL) => sql<boolean>`(
  exists (select from blocks b where b.blocker_id = ${one} and b.blocked_id = ${other})
  or exists (select from blocks b where b.blocker_id = ${other} and b.blocked_id = ${one}))`;

/** Any number that nothing else in this database uses for an advisory lock of two numbers. */
const PAIR_LOCK = 20_260_607;

/**
 * Until the commit nobody else blocks, unblocks or starts a chat between these two. To be taken
 * before any chat of theirs is locked. Two pairs that share a number wait for each other, too, and
 * nobody takes the locks of two.
 */
export async function lockPair(tx: Db, one: string, other: string): Promise<void> {
  const pair = [one, other].sort().join(" ");
  await tx.execute(sql`select pg_advisory_xact_lock(${PAIR_LOCK}, hashtext(${pair}))`);
}

/** Who of two people blocks the other. */
export async function findBlockers(tx: Db, one: string, other: string): Promise<string[]> {
  const rows = await tx.execute<{ blocker_id: string }>(sql`
    select blocker_id from blocks
    where (blocker_id = ${one} and blocked_id = ${other})
      or (blocker_id = ${other} and blocked_id = ${one})`);
  return rows.map((row) => row.blocker_id);
}
