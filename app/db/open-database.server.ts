import type { GivenEnvironment } from "~/operations/environment.server";
import { StartupError } from "~/operations/startup-error.server";
import { connect, type Db } from "./client.server";
import { hasCluster, runningUrl } from "./embedded/running.server";
import { startEmbeddedPostgres } from "./embedded.server";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * For a program that runs beside the server or without it: the operator's database, or the embedded
 * one, which is started for as long as it takes when nobody runs it.
 *
 * @throws StartupError where there is none, or it lets nobody in
 */
export async function withDatabase<Result>(
  { databaseUrl, dataDir }: Pick<GivenEnvironment, "databaseUrl" | "dataDir">,
  use: (db: Db, url: string) => Promise<Result>,
): Promise<Result> {
  if (databaseUrl) return runAt(databaseUrl, use);
  const running = runningUrl(dataDir);
  if (running) return runAt(running, use);
  if (!hasCluster(dataDir)) {
    throw new StartupError(
      `DATA_DIR: there is no database in ${dataDir}; give the folder that the server has, for example DATA_DIR=.data`,
    );
  }
  const postgres = await startEmbeddedPostgres({ dataDir, log: silent });
  try {
    return await runAt(postgres.url, use);
  } finally {
    await postgres.stop();
  }
}

async function runAt<Result>(
  url: string,
  use: (db: Db, url: string) => Promise<Result>,
): Promise<Result> {
  const { sql, db, close } = connect(url, { max: 2 });
  try {
    await sql`select 1`.catch(refuse);
    return await use(db, url);
  } finally {
    await close();
  }
}

function refuse(error: Error & { code?: string }): never {
  throw new StartupError(
    `DATABASE_URL: the database cannot be opened (${error.message || error.code}); for example DATABASE_URL=postgres://parley:secret@localhost/parley`,
  );
}
