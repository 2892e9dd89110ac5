import { fillPlaceholders, type SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";
import type { Db } from "./client.server";

/**
 * A statement that each connection of a pool prepares once and then runs in one round trip. What
 * drizzle's `execute` sends is parsed and planned anew each time and takes two.
 *
 * @param statement with `sql.placeholder(name)` where a value goes
 * @returns runs it on a pool or in a transaction
 */
export function prepare<Row extends object>(statement: SQL) {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement);
  return async (db: Db, values: Record<string, string | number | null>): Promise<Row[]> => {
    const filled = fillPlaceholders(params, values) as (string | number | null)[];
    const rows = await clientOf(db).unsafe(text, filled, { prepare: true });
    return rows as unknown as Row[];
  };
}

/** What drizzle itself sends through: a pool's, or the one connection of a transaction. */
function clientOf(db: Db): Sql {
  const { _ } = db as unknown as { _: { session: { client: Sql } } };
  return _.session.client;
}
