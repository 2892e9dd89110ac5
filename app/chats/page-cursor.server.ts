import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { deployment } from "~/db/schema";
import { formatCursor } from "~/live/cursor";
import { parseSnapshot } from "~/live/snapshot";

const selectCursor = prepare<{ epoch: string; snapshot: string }>(sql`
  select ${deployment.epoch}, pg_current_snapshot()::text as snapshot
  from ${deployment} where ${deployment.only} = 'row'`);

const cursors = new WeakMap<Db, Promise<string>>();

/**
 * From where a page's stream goes on. Every loader of a request asks for it before it reads, so
 * that what it reads is at least as new: nothing falls between the page and its stream.
 *
 * @param db what the loaders of the request share
 */
export function pageCursor(db: Db): Promise<string> {
  const known = cursors.get(db);
  if (known) return known;
  const cursor = takeCursor(db);
  // A loader may ask only so that others read later than it did.
  cursor.catch(() => {});
  cursors.set(db, cursor);
  return cursor;
}

async function takeCursor(db: Db) {
  const [row] = await selectCursor(db, {});
  if (!row) throw new Error("The database was not migrated: it has no epoch");
  return formatCursor({ epoch: row.epoch, base: parseSnapshot(row.snapshot), ahead: new Map() });
}
