import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { runMigrations as applyMigrationsOfJobs } from "graphile-worker";
import postgres from "postgres";
import { nameDeployment } from "./deployment.server";
import * as schema from "./schema";

/** Any number that nothing else in this database uses for an advisory lock. */
const MIGRATION_LOCK = 7_275_393;

/**
 * Brings the database to this version's schema. Several processes may start at once: one migrates,
 * the others wait for its advisory lock and find nothing left to do.
 *
 * @param folder where the SQL files are; relative to the working directory
 */
export async function migrate(url: string, folder = "drizzle"): Promise<void> {
  // One connection, because the lock belongs to the connection that took it.
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const db = drizzle(client, { schema });
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await applyMigrations(db, { migrationsFolder: folder });
    // The queue of jobs is graphile-worker's, in a schema of its own.
    await applyMigrationsOfJobs({ connectionString: url });
    await nameDeployment(db);
  } finally {
    await client.end();
  }
}
