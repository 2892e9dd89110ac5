import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

/** The pool or a transaction of it: a domain function takes either. */
export type Db = Pick<
  PostgresJsDatabase<typeof schema>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction" | "query"
>;

/**
 * How long a pool waits before it connects anew, in seconds. Its own back-off reaches 20 s: a web
 * process would be away for as long after PostgreSQL is back.
 */
const backOff = (failures: number) => Math.min(2 ** failures / 20, 1) * (0.5 + Math.random() / 2);

type PoolOptions = {
  max?: number;
  /** PostgreSQL gives up a statement that takes longer, in ms. */
  statementMs?: number;
};

/** Opens a pool. `max` connections; idle ones are kept, because a send should not wait for one. */
export function connect(url: string, { max = 10, statementMs }: PoolOptions = {}) {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    backoff: backOff,
    connect_timeout: 5,
    connection: {
      application_name: "parley",
      ...(statementMs && { statement_timeout: statementMs }),
    },
  });
  return { sql, db: drizzle(sql, { schema }) as Db, close: () => sql.end({ timeout: 5 }) };
}
