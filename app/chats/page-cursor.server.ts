import { db } from "~/db/db.server";
import { readEpoch } from "~/db/deployment.server";
import { currentExchange } from "~/http/exchange.server";
import { formatCursor } from "~/live/cursor";
import { readSnapshot } from "./live-source.server";

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
  const [epoch, base] = await Promise.all([readEpoch(db), readSnapshot(db)]);
  return formatCursor({ epoch, base, ahead: new Map() });
}
