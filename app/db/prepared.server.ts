import { fillPlaceholders, is, Placeholder, type SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";
import type { Db } from "./client.server";

/**
 * Connections of one each beside a pool, the one that was used last at the end. A pool takes its
 * connections by turns: where little is asked each of them has cold caches whenever it is asked.
 */
export const warmConnections = new WeakMap<Db, Sql[]>();

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
  const { text, params } = withEachOnce(new PgDialect().sqlToQuery(statement));
  return async (db: Db, values: Record<string, Param>): Promise<Row[]> => {
    const filled = fillPlaceholders(params, values) as Param[];
    const add = gatherings.get(db);
    return (await (add ? add(text, filled) : runPrepared(db, text, filled))) as Row[];
  };
}

/** A value that a statement names twice is sent once. */
function withEachOnce({ sql: asked, params: all }: { sql: string; params: unknown[] }) {
  const params: unknown[] = [];
  const places = all.map((param) => {
    const known = is(param, Placeholder) ? params.findIndex((one) => isSame(one, param)) : -1;
    return known < 0 ? params.push(param) : known + 1;
  });
  return { text: asked.replace(/\$(\d+)/g, (_, at) => `$${places[Number(at) - 1]}`), params };
}

const isSame = (one: unknown, other: Placeholder) =>
  is(one, Placeholder) && one.name === other.name;

/** Runs it on a warm connection, where the pool has one that is free. */
export function runPrepared(db: Db, text: string, params: Param[]): PromiseLike<object[]> {
  const warm = warmConnections.get(db);
  const client = warm?.pop();
  if (!warm || !client) return clientOf(db).unsafe<object[]>(text, params, { prepare: true });
  return client
    .unsafe<object[]>(text, params, { prepare: true })
    .finally(() => void warm.push(client));
}

/** What drizzle itself sends through: a pool's, or the one connection of a transaction. */
function clientOf(db: Db): Sql {
  const { _ } = db as unknown as { _: { session: { client: Sql } } };
  return _.session.client;
}
