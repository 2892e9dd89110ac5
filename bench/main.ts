import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { describeMachine } from "./machine.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { type BenchPostgres, measureCommit, startBenchPostgres } from "./postgres.ts";
import { scenarios } from "./scenarios.ts";
import { machineLine, textOf } from "./table.ts";
import { type Results, writeJson, writeMarkdown } from "./write-report.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function measureAll(options: Options, postgres: BenchPostgres, folder: string) {
  const database = await postgres.makeDatabase();
  const machine = describeMachine(postgres.version, await measureCommit(database.url));
  await database.drop();
  say(machineLine(machine));
  const bench: Bench = {
    postgres,
    folder,
    say,
    runs: options.runs,
    isQuick: options.quick,
    duration: options.quick
      ? { warmUpMs: 1_000, measureMs: 2_000 }
      : { warmUpMs: 2_000, measureMs: 8_000 },
  };
  const results: Results = { machine, reports: [] };
  for (const { name, title, run } of scenarios.filter(({ name }) => options.names.includes(name))) {
    say(`\n${title} …`);
    const report = await run(bench);
    results.reports.push({ name, title, ...report });
    say(`\n${textOf(title, report)}`);
    // After each scenario, so that an hour is not lost to what comes later.
    if (options.json) writeJson(options.json, results);
    if (options.markdown) writeMarkdown(options.markdown, results);
  }
  return results.reports.flatMap(({ broken }) => broken);
}

async function main(): Promise<number> {
  const options = readOptions(
    process.argv.slice(2),
    scenarios.map(({ name }) => name),
  );
  if (options.help) {
    say(usage);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-servers-"));
  const postgres = await startBenchPostgres();
  const cleanUp = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // The servers end with this process: each holds the other end of a channel.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
  }
  try {
    const broken = await measureAll(options, postgres, folder);
    for (const line of broken) say(`Broken promise: ${line}`);
    return broken.length ? 1 : 0;
  } finally {
    await cleanUp();
  }
}

// A missed aim is a measurement, not a failure; a broken promise is one, and so is a dead server.
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  },
);
