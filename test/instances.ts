import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { onTestFinished } from "vitest";
import { connect, type Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { databaseUrl, sql } from "./database";

/** The pool of another instance. */
export function makeInstance(): Db {
  const { db, close } = connect(databaseUrl);
  onTestFinished(close);
  return db;
}

/** An instance that notes every statement that it sends. */
export function makeWatchedInstance() {
  const statements: string[] = [];
  const client = postgres(databaseUrl, {
    onnotice: () => {},
    fetch_types: false,
    debug: (_, query) => void statements.push(query),
  });
  onTestFinished(() => client.end());
  return { db: drizzle(client, { schema }) as Db, statements };
}

/** Another's transaction: holds what `work` locked until it is committed or rolled back. */
export async function holdOpen(work: (tx: postgres.TransactionSql) => Promise<unknown>) {
  const other = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  onTestFinished(() => other.end());
  let finish: (commit: boolean) => void = () => {};
  const end = new Promise<boolean>((resolve) => {
    finish = resolve;
  });
  let started = () => {};
  const ready = new Promise<void>((resolve) => {
    started = resolve;
  });
  class RolledBack extends Error {}
  const done = other
    .begin(async (tx) => {
      await work(tx);
      started();
      if (!(await end)) throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  await Promise.race([ready, done]);
  const close = (commit: boolean) => {
    finish(commit);
    return done;
  };
  onTestFinished(() => close(false));
  return { commit: () => close(true), rollBack: () => close(false) };
}

/** The backends of this database that wait for a lock. */
export async function waitingBackends(): Promise<number[]> {
  const rows = await sql`
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.map(({ pid }) => pid as number);
}
