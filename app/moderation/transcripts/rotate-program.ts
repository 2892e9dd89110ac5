import { withDatabase } from "~/db/open-database.server";
import { readEnvironment } from "~/operations/environment.server";
import { keptSessionSecret } from "~/operations/session-secret.server";
import { StartupError } from "~/operations/startup-error.server";
import { rotateSigningKey } from "./signing-keys.server";

/** `npm run keys:rotate`: transcripts are signed with a new key from now on; see docs/transcripts.md. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const { id } = await withDatabase(environment, (db) =>
    rotateSigningKey(db, environment.sessionSecret ?? keptSessionSecret(environment.dataDir)),
  );
  process.stdout.write(
    `Transcripts are signed with key ${id} now. Older ones stay valid: /.well-known/parley-transcript-keys has all keys.\n`,
  );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const isExpected = error instanceof StartupError;
    process.stderr.write(`${isExpected ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  },
);
