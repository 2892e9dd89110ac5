import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { connect } from "~/db/client.server";

/**
 * A migrated, empty database for each test file, so that files may run side by side. Tests in a
 * file share it: each makes its own users and chats, and nothing is cleaned in between.
 */
async function cloneTemplate(): Promise<string> {
  const server = inject("databaseServer");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await sql`create database ${sql(name)} template template`;
  } finally {
    await sql.end();
  }
  return new URL(`/${name}`, server).href;
}

/** Address of this file's database, for what opens its own connection. */
export const databaseUrl = await cloneTemplate();

// What reads the environment (the pool of a web process) finds the same database.
process.env.DATABASE_URL = databaseUrl;

const database = connect(databaseUrl);

export const { db, sql } = database;

afterAll(() => database.close());
