import { sql } from "drizzle-orm";
import { db } from "~/db/db.server";
import { prepare } from "~/db/prepared.server";
import { deployment } from "~/db/schema";
import { currentExchange } from "~/http/exchange.server";
import { formatCursor } from "~/live/cursor";
import { parseSnapshot } from "~/live/snapshot";

const selectCursor = prepare<{ epoch: string; snapshot: string }>(sql`
  select ${deployment.epoch}, pg_current_snapshot()::text as snapshot
  from ${deployment} where ${deployment.only} = 'row'`);

const cursors = new WeakMap<object, Promise<string>>();

/**
 * From where a page's stream goes on. Every loader of a request waits for it before it reads, so
 * that what it reads is at least as new: nothing falls between the page and its stream.
 */
export function pageCursor(): Promise<string> {
  const exchange = currentExchange() ?? {};
  const known = cursors.get(exchange);
  if (known) return known;
  const cursor = takeCursor();
  cursors.set(exchange, cursor);
  return cursor;
}

async function takeCursor() {
  const [row] = await selectCursor(db, {});
  if (!row) throw new Error("The database was not migrated: it has no epoch");
  return formatCursor({ epoch: row.epoch, base: parseSnapshot(row.snapshot), ahead: new Map() });
}
