import cluster from "node:cluster";
import { join } from "node:path";
import { connectionsFor, doesJobs, poolSizeFor, readRoom } from "~/db/connection-budget.server";
import { clusterFiles } from "~/db/embedded/cluster.server";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "~/db/embedded.server";
import { prepareDatabase } from "~/db/prepare.server";
import { openStorage } from "~/storage/open.server";
import { checkStorageAtStart } from "~/storage/startup.server";
import { completeEnvironment, type GivenEnvironment, readEnvironment } from "./environment.server";
import { GatheredMetrics } from "./gathered-metrics.server";
import { log } from "./log.server";
import { registry } from "./metrics.server";
import { webProcessCrashes } from "./process-metrics.server";
import { keptSessionSecret } from "./session-secret.server";
import { StartupError } from "./startup-error.server";
import { CLUSTER_VARIABLE } from "./web-process.server";
import { WebProcesses } from "./web-processes.server";

/**
 * The first process: owns the embedded PostgreSQL, prepares the database and keeps the web
 * processes running. Ends the whole program in order: web processes, then PostgreSQL.
 *
 * @param welcome what people read when a demo is ready
 */
export async function runPrimary(welcome: (address: string) => string): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const gathered = new GatheredMetrics(registry);
  const crashes = webProcessCrashes();
  let postgres: Promise<EmbeddedPostgres> | undefined;
  let web: WebProcesses | undefined;

  const end = async (code: number) => {
    if (signal.aborted) return;
    stopping.abort();
    await web?.stop();
    // One that is still starting was told to give up by the signal.
    const started = await postgres?.catch(() => undefined);
    await started?.stop();
    process.exit(code);
  };
  const fail = async (error: unknown) => {
    if (signal.aborted) return;
    if (error instanceof StartupError) process.stderr.write(`${error.message}\n`);
    else log.fatal({ err: error }, "stopped");
    await end(1);
  };
  process.on("SIGINT", () => void end(0));
  process.on("SIGTERM", () => void end(0));
  process.on("SIGHUP", () => void end(0));
  // `npm start` holds the other end: without it nobody would stop this process.
  process.on("disconnect", () => void end(0));
  process.on("uncaughtException", (error) => void fail(error));
  if (process.send && !process.connected) return await end(0);

  try {
    const environment = readEnvironment(process.env);
    const { dataDir, databaseUrl, databasePoolSize, webProcesses } = environment;
    if (!databaseUrl) {
      const settings = { max_connections: connectionsFor(webProcesses, databasePoolSize) };
      postgres = startEmbeddedPostgres({ dataDir, log, signal, settings });
      void postgres.then(({ lost }) => lost).catch(fail);
    }
    const url = databaseUrl ?? (await postgres)?.url ?? "";
    const demo = environment.demo ?? !databaseUrl;
    const storage = openStorage(environment.storage, environment);
    await checkStorageAtStart(environment.storage, storage);
    const made = { ...webVariables(environment, url), DEMO: demo ? "1" : "0" };
    completeEnvironment(environment, { databaseUrl: url, sessionSecret: made.SESSION_SECRET });
    await prepareDatabase(url, demo ? storage : null);
    const poolSize = poolSizeFor(webProcesses, await readRoom(url), databasePoolSize);
    if (signal.aborted) return;
    const variables = {
      ...made,
      WEB_PROCESSES: String(webProcesses),
      DATABASE_POOL_SIZE: String(poolSize),
    };
    web = new WebProcesses({
      count: webProcesses,
      fork: (place) => {
        const jobs = doesJobs(place) ? environment.jobs : "apart";
        return cluster.fork({ ...variables, JOBS: jobs }).process;
      },
      log,
      onFork: (child) => gathered.add(child),
      onCrash: () => crashes.inc(),
    });
    const address = await web.start();
    log.info({ address }, "ready");
    if (!environment.smtpUrl) {
      const folder = demo ? join(dataDir, "mail") : undefined;
      log.info(
        { folder },
        demo ? "mails are written into a folder" : "no mails: SMTP_URL is not set",
      );
    }
    // A log collector reads the line above; only a demo is started by somebody who looks.
    if (demo) process.stdout.write(welcome(address));
  } catch (error) {
    await fail(error);
  }
}

function webVariables(environment: GivenEnvironment, databaseUrl: string) {
  const { dataDir, host } = environment;
  const embedded = !environment.databaseUrl;
  return {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    HOST: host,
    SESSION_SECRET: environment.sessionSecret ?? keptSessionSecret(dataDir),
    ...(embedded && { [CLUSTER_VARIABLE]: clusterFiles(dataDir).cluster }),
  };
}
