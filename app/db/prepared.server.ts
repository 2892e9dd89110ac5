import { fillPlaceholders, type SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";
import type { Db } from "./client.server";

type Param = string | number | null;

/** Databases that send what is asked of them at one time as one statement (`gather`). */
export const gatherings = new WeakMap<Db, (text: string, params: Param[]) => Promise<object[]>>();

/**
 * A statement that each connection of a pool prepares once and then runs in one round trip. What
 * drizzle's `execute` sends is parsed and planned anew each time and takes two.
 *
 * @param statement with `sql.placeholder(name)` where a value goes
 * @returns runs it on a pool, in a transaction, or with others as one (`gather`): then columns are
 *   what they are as JSON
 */
export function prepare<Row extends object>(statement: SQL) {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement);
  return async (db: Db, values: Record<string, Param>): Promise<Row[]> => {
    const filled = fillPlaceholders(params, values) as Param[];
    const add = gatherings.get(db);
    return (await (add ? add(text, filled) : runPrepared(db, text, filled))) as Row[];
  };
}

export function runPrepared(db: Db, text: string, params: Param[]): PromiseLike<object[]> {
  return clientOf(db).unsafe<object[]>(text, params, { prepare: true });
}

/** What drizzle itself sends through: a pool's, or the one connection of a transaction. */
function clientOf(db: Db): Sql {
  const { _ } = db as unknown as { _: { session: { client: Sql } } };
  return _.session.client;
}
