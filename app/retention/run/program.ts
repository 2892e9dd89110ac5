import type { Db } from "~/db/client.server";
import { asServer, runProgram } from "~/operations/program.server";
import { StartupError } from "~/operations/startup-error.server";
import { checkStorageAtStart } from "~/storage/startup.server";
import { type RunArguments, readArguments } from "./arguments";
import { type Going, goOn } from "./go-on.server";
import { beginRun, endRun, findRun, RunEnded } from "./ledger.server";
import { findingLines, progressLine } from "./report";

/** How often a terminal is told how far it is; where it is a file, ten times less often. In ms. */
const tellMs = process.stdout.isTTY ? 500 : 5_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm run retention -- [--dry-run] [--now DATE]`; see docs/retention.md. */
async function main(): Promise<number> {
  const now = new Date();
  const asked = readArguments(process.argv.slice(2), now);
  const stopping = new AbortController();
  process.on("SIGINT", () => stopping.abort());
  process.on("SIGTERM", () => stopping.abort());
  if (asked.asOf.getTime() !== now.getTime()) {
    say(`The clock is taken to be ${asked.asOf.toISOString()}.`);
  }
  return asServer(async (db, environment) => {
    // What it is done with reads the environment.
    const { ownWay } = await import("./own-way.server");
    const { means, ...way } = ownWay();
    if (!asked.isDryRun) await checkStorageAtStart(environment.storage, means.storage);
    return run(db, asked, { means, ...way, signal: stopping.signal });
  });
}

async function run(db: Db, { isDryRun, asOf }: RunArguments, going: Going): Promise<number> {
  const begun = await beginRun(db, { trigger: "command", startedBy: null, asOf, isDryRun });
  if ("underWay" in begun) {
    const other = await findRun(db, begun.underWay);
    throw new StartupError(
      `A run is under way since ${other?.startedAt ?? "just now"} (${other?.trigger ?? "another"}): there is one at a time. --dry-run goes beside it; /admin/retention shows how far it is.`,
    );
  }
  const { runId } = begun;
  const telling = setInterval(() => void tell(db, runId), tellMs);
  try {
    const came = await goOn(db, runId, going);
    if (came === "more") await endRun(db, runId, "stopped");
  } catch (error) {
    if (!(error instanceof RunEnded)) {
      const reason = error instanceof Error ? error.message : String(error);
      await endRun(db, runId, "failed", reason).catch(() => {});
      throw error;
    }
  } finally {
    clearInterval(telling);
    if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
  }
  const end = await findRun(db, runId);
  if (!end) throw new Error("The run's row is gone");
  if (isDryRun) for (const line of findingLines(end.findings)) say(line);
  say(progressLine(end, new Date()));
  if (end.state === "stopped") say("Stopped: the next run goes on from there.");
  if (end.failed) say("What failed stands in the log, and is tried again by the next run.");
  return end.state === "done" && end.failed === 0 ? 0 : 1;
}

async function tell(db: Db, runId: string): Promise<void> {
  const run = await findRun(db, runId).catch(() => null);
  if (run?.state !== "running") return;
  const line = progressLine(run, new Date());
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
  else say(line);
}

runProgram(main);
