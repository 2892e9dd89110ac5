import type { Db } from "~/db/client.server";
import { withDatabase } from "~/db/open-database.server";
import {
  completeEnvironment,
  type Environment,
  environment,
  readEnvironment,
} from "./environment.server";
import { keptSessionSecret } from "./session-secret.server";
import { StartupError } from "./startup-error.server";

/**
 * All of a program of the command line: ends with the status that `main` gives, and with 1 and one line
 * in words where the operator has to put something right.
 *
 * @param isExpected what else has a message for the operator
 */
export function runProgram(
  main: () => Promise<number>,
  isExpected: (error: unknown) => boolean = () => false,
): void {
  main().then(
    (status) => process.exit(status),
    (error: unknown) => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      const isInWords = error instanceof StartupError || isExpected(error);
      process.stderr.write(`${isInWords ? message : stack}\n`);
      process.exit(1);
    },
  );
}

/**
 * For a program that does what the server does: the server's database and its environment. What reads
 * the environment is imported by `use`, because only then it is complete.
 *
 * @throws StartupError where a variable is wrong, or there is no database
 */
export async function asServer<Result>(
  use: (db: Db, environment: Environment) => Promise<Result>,
): Promise<Result> {
  const given = readEnvironment(process.env);
  return withDatabase(given, (db, databaseUrl) => {
    // Not before there is a database: in any other folder a secret would be made, and kept.
    const sessionSecret = given.sessionSecret ?? keptSessionSecret(given.dataDir);
    completeEnvironment(given, { databaseUrl, sessionSecret });
    return use(db, environment());
  });
}
