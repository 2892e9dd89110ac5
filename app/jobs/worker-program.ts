import { runningUrl } from "~/db/embedded/running.server";
import { prepareDatabase } from "~/db/prepare.server";
import { completeEnvironment, readEnvironment } from "~/operations/environment.server";
import { log } from "~/operations/log.server";
import { keptSessionSecret } from "~/operations/session-secret.server";
import { StartupError } from "~/operations/startup-error.server";

/** `npm run worker`: does jobs beside the server, or instead of it with JOBS=apart; see docs/operating.md. */
async function main(): Promise<void> {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  process.on("SIGTERM", () => ask());
  process.on("SIGINT", () => ask());
  const environment = readEnvironment(process.env);
  const databaseUrl = environment.databaseUrl ?? runningUrl(environment.dataDir);
  if (!databaseUrl) {
    throw new StartupError(
      "DATABASE_URL is missing, and no server runs its own database in DATA_DIR; for example DATABASE_URL=postgres://parley:secret@localhost/parley",
    );
  }
  const sessionSecret = environment.sessionSecret ?? keptSessionSecret(environment.dataDir);
  const demo = environment.demo ?? !environment.databaseUrl;
  completeEnvironment({ ...environment, demo }, { databaseUrl, sessionSecret });
  await prepareDatabase(databaseUrl, null);
  // What jobs import reads the environment.
  const { startWorker } = await import("./worker.server");
  const stop = startWorker({ url: databaseUrl });
  await asked;
  await stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof StartupError) process.stderr.write(`${error.message}\n`);
    else log.fatal({ err: error }, "stopped");
    process.exit(1);
  },
);
