import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { act, type Result } from "./act";
import { faults } from "./faults/faults";
import { seededRandom } from "./random";
import { describeViolations, tableHead, tableRow } from "./report";
import { makeWorld, type World } from "./world";

/** A suite that hangs has failed. In ms. */
const LONGEST = { short: 300_000, full: 900_000 };

const usage = `npm run chaos -- [fault …] [--short] [--seed NUMBER] [--json FILE]

${faults.map(({ name, what }) => `  ${name.padEnd(16)}${what}`).join("\n")}
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** @returns the exit status: 0 when no promise was broken, 2 for arguments that mean nothing */
export async function main(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked) {
    say(usage);
    return 2;
  }
  const { chosen, seed, isShort, json } = asked;
  const startedAt = performance.now();
  say(`Seed ${seed} (--seed ${seed} chooses the same again)\n\n${tableHead()}`);
  const world = await makeWorld();
  const stopWatching = endWith(world, isShort ? LONGEST.short : LONGEST.full);
  const results: Result[] = [];
  try {
    await world.start();
    for (const fault of chosen) {
      const result = await act(world, fault, seededRandom(seed), isShort);
      results.push(result);
      say(tableRow(result));
      if (!result.violations.length) continue;
      say(describeViolations(result));
      for (const { name, log } of world.instances) say(`  ${name} logged last:\n${log}`);
    }
  } finally {
    stopWatching();
    await world.close();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const violations = results.reduce((sum, result) => sum + result.violations.length, 0);
  say(`\n${results.length} runs, ${violations} violations, ${seconds.toFixed(0)} s`);
  if (json)
    writeFileSync(json, `${JSON.stringify({ seed, seconds, violations, results }, null, 2)}\n`);
  return violations === 0 ? 0 : 1;
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: "string" },
        short: { type: "boolean", default: false },
        json: { type: "string" },
      },
    });
    const seed = Number(values.seed ?? Date.now() % 1_000_000);
    const wanted = positionals.length ? new Set(positionals) : null;
    const chosen = faults.filter(({ name, isShort }) =>
      wanted ? wanted.delete(name) : isShort || !values.short,
    );
    if (wanted?.size || !Number.isSafeInteger(seed)) return null;
    return { chosen, seed, isShort: values.short, json: values.json };
  } catch {
    return null;
  }
}

/** However the suite ends, nothing that it started goes on. @returns gives that up again */
export function endWith(world: Pick<World, "close">, longest: number): () => void {
  let isEnding = false;
  const end = (why: string, code: number) => {
    if (isEnding) return;
    isEnding = true;
    process.stderr.write(`${why}\n`);
    void world.close().finally(() => process.exit(code));
  };
  const onSignal = (signal: string) => end(`Ended by ${signal}`, 1);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  const onError = (error: unknown) => end(`The suite failed: ${String(error)}`, 1);
  process.on("uncaughtException", onError).on("unhandledRejection", onError);
  const late = setTimeout(() => end(`Not over after ${longest / 1_000} s`, 1), longest);
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid !== parent) end("Left alone", 1);
  }, 500);
  return () => {
    clearTimeout(late);
    clearInterval(orphaned);
    for (const signal of signals) process.off(signal, onSignal);
  };
}
