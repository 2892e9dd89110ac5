import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { warmConnections } from "./prepared.server";
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
  /** So many of `max` do what is prepared first, one statement at a time (`warmConnections`). */
  warm?: number;
  /** As PostgreSQL lists its connections; a machine that is gone is taken off that list soon. */
  name?: string;
  /** PostgreSQL gives up a statement that takes longer, in ms. */
  statementMs?: number;
  /** What looks after tables leaves the disk and the other cores to others. */
  isGentle?: boolean;
};

/** PostgreSQL asks a silent peer after 10 s whether it is there, and gives it up 15 s later. */
const goneSoon = { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 };

/** VACUUM rests 2 ms after each 10 pages that it writes, as by itself; an index is built on one core. */
const gentle = { vacuum_cost_delay: "2ms", max_parallel_maintenance_workers: 0 };

/** Opens a pool. `max` connections; idle ones are kept, because a send should not wait for one. */
export function connect(url: string, { max = 10, warm = 0, ...options }: PoolOptions = {}) {
  // One is left for what is not prepared, transactions above all.
  const ones = Array.from({ length: Math.min(warm, max - 1) }, () => connections(url, 1, options));
  const sql = connections(url, max - ones.length, options);
  const db = drizzle(sql, { schema }) as Db;
  if (ones.length) warmConnections.set(db, [...ones]);
  const close = async () => {
    await Promise.all([sql, ...ones].map((each) => each.end({ timeout: 5 })));
  };
  return { sql, db, close };
}

function connections(url: string, max: number, options: Omit<PoolOptions, "max" | "warm">) {
  const { name, statementMs, isGentle } = options;
  return postgres(url, {
    max,
    onnotice: () => {},
    backoff: backOff,
    connect_timeout: 5,
    connection: {
      application_name: name ?? "parley",
      ...(name && goneSoon),
      ...(isGentle && gentle),
      ...(statementMs && { statement_timeout: statementMs }),
    },
  });
}
