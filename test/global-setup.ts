import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "~/db/migrate.server";
import { startTestPostgres } from "./cluster";

declare module "vitest" {
  interface ProvidedContext {
    /** A server with the migrated database `template`. */
    databaseServer: string;
  }
}

/** One PostgreSQL for all workers, with a migrated database that each of them clones. */
export default async function setup(project: TestProject) {
  const server = await startTestPostgres();
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql`create database template`;
  await migrate(new URL("/template", server.url).href);
  await sql.end();
  project.provide("databaseServer", server.url);
  return server.stop;
}
