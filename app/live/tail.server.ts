import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { messageTail, webhookTail } from "~/db/schema";
import { parseSnapshot, type Snapshot } from "./snapshot";

/** One row: up to where changes were looked through. */
type Tail = typeof messageTail | typeof webhookTail;

type Look<Found> = {
  /** Whether there is something to look at: the cheap question, asked outside of the transaction. */
  hasNew: (pool: Db, since: Snapshot) => Promise<boolean>;
  /** One statement, so that what it looks through is what its snapshot says. */
  look: (tx: Db, since: Snapshot) => Promise<Found>;
};

/**
 * Looks through what changed since the last time. Rows that changed are their own outbox: each change
 * is looked at once, whoever stored it and wherever this was killed, because what the look writes and
 * how far it came commit together. One process does it at a time.
 *
 * @param pool not a transaction
 * @returns null where there was nothing to look at, or another was at it
 */
export async function followTail<Found extends { snapshot: string }>(
  pool: Db,
  tail: Tail,
  { hasNew, look }: Look<Found>,
): Promise<Found | null> {
  const seen = await readTail(pool, tail);
  if (!(await hasNew(pool, seen))) return null;
  return await pool.transaction(async (tx) => {
    // Looked up again: another process may have come further meanwhile.
    const [locked] = await tx.execute<{ snapshot: string }>(sql`
      select snapshot from ${tail} for update skip locked`);
    if (!locked) return null;
    const found = await look(tx, parseSnapshot(locked.snapshot));
    await tx.update(tail).set({ snapshot: found.snapshot, movedAt: sql`now()` });
    return found;
  });
}

/** Where nobody has looked yet, it begins with what comes from now on: what is old is no news. */
async function readTail(pool: Db, tail: Tail): Promise<Snapshot> {
  const [row] = await pool.execute<{ snapshot: string }>(sql`select snapshot from ${tail}`);
  if (row) return parseSnapshot(row.snapshot);
  await pool
    .insert(tail)
    .values({ snapshot: sql`pg_current_snapshot()::text` })
    .onConflictDoNothing();
  return readTail(pool, tail);
}

/**
 * Whether a snapshot does not see a transaction. Values in the text and not beside it, so that
 * PostgreSQL knows how little it looks for. It asks by name for what was under way then: of all that
 * came after the oldest of it nothing is read twice, however long that goes on.
 */
export function isUnseen(xid: SQL, { xmax, running }: Snapshot): SQL {
  return sql`(${xid} >= ${sql.raw(`'${xmax}'::xid8`)} or ${xid} = any (${sql.raw(`'{${running}}'::xid8[]`)}))`;
}
