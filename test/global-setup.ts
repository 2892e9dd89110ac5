import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "~/db/migrate.server";
import { startTestPostgres } from "./cluster";
import { type S3Server, startS3Server } from "./s3-server";

declare module "vitest" {
  interface ProvidedContext {
    /** A server with the migrated database `template`. */
    databaseServer: string;
    /** null where none is installed. */
    s3Server: S3Server | null;
  }
}

/** One PostgreSQL for all workers, with a migrated database that each of them clones; one S3. */
export default async function setup(project: TestProject) {
  const [server, s3] = await Promise.all([startTestPostgres(), startS3Server()]);
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql`create database template`;
  await migrate(new URL("/template", server.url).href);
  await sql.end();
  project.provide("databaseServer", server.url);
  project.provide("s3Server", s3?.server ?? null);
  return () => Promise.all([server.stop(), s3?.stop()]);
}
