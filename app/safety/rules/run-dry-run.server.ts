import { connect } from "~/db/client.server";
import { environment } from "~/operations/environment.server";
import { log } from "~/operations/log.server";
import { workDryRun } from "./dry-run-work.server";

/** A statement that takes longer holds up others: the dry run fails instead, in ms. */
const statementMs = 5_000;

/**
 * Runs a dry run beside what this process does, on a connection of its own: there is one at a time
 * for a deployment, so it is one connection more for all processes together.
 */
export function runDryRun(dryRunId: string): void {
  const { databaseUrl } = environment();
  const { db, close } = connect(databaseUrl, { max: 1, statementMs });
  workDryRun(db, dryRunId)
    .catch((error) => log.warn({ err: error, dryRunId }, "a dry run of a rule failed"))
    .finally(close);
}
