import { parseArgs } from "node:util";
import { readEnvironment } from "~/operations/environment.server";
import { runProgram } from "~/operations/program.server";
import { StartupError } from "~/operations/startup-error.server";
import { copyObjects, type Moved } from "./move.server";
import { openStorage } from "./open.server";
import { checkStorageAtStart } from "./startup.server";
import { StorageError } from "./storage";

/** A line so often is enough to see that it goes on. In ms. */
const reportEveryMs = 5_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm run storage:move -- --to s3` or `--to disk`; see docs/operating.md. */
async function main(): Promise<number> {
  const to = readTarget();
  // Both are used, whichever one the server has now.
  const environment = readEnvironment({ ...process.env, STORAGE: "s3" });
  const from = to === "s3" ? "disk" : "s3";
  const target = openStorage(to, environment);
  await checkStorageAtStart(to, target);
  let reportedAt = Date.now();
  const moved = await copyObjects(openStorage(from, environment), target, (sofar) => {
    if (Date.now() - reportedAt < reportEveryMs) return;
    reportedAt = Date.now();
    say(summary(sofar));
  });
  for (const { key, error } of moved.failed) say(`${key}: ${error.message}`);
  say(summary(moved));
  if (moved.failed.length) say("Run it again for what failed.");
  else say(`Everything is in ${to}. With STORAGE=${to} Parley uses it; nothing was removed.`);
  return moved.failed.length ? 1 : 0;
}

function readTarget(): "s3" | "disk" {
  const { to } = readArguments();
  if (to === "s3" || to === "disk") return to;
  throw new StartupError(
    "--to is neither s3 nor disk; for example npm run storage:move -- --to s3",
  );
}

function readArguments() {
  try {
    return parseArgs({ options: { to: { type: "string" } } }).values;
  } catch (error) {
    throw new StartupError(error instanceof Error ? error.message : String(error));
  }
}

function summary({ copied, bytes, there, failed }: Moved): string {
  const megabytes = (bytes / 1e6).toFixed(1);
  return `${copied} copied (${megabytes} MB), ${there} there already, ${failed.length} failed`;
}

runProgram(main, (error) => error instanceof StorageError);
