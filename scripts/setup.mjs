import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  endStepsOnSignal,
  giveUp,
  pinnedNode,
  requireNode,
  root,
  run,
  SetupFailure,
  say,
} from "./machine.mjs";
import { withLock } from "./setup-lock.mjs";

/** What the build reads; a folder means all in it. */
const INPUTS = [
  "app",
  "bin",
  "public",
  "server.ts",
  "vite.config.ts",
  "remix.config.js",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const STAMP = join(root, "build", "inputs.sha256");

/**
 * What every command does before anything else: installs and builds, where that is stale. A step that
 * fails ends the program with what it said, and a signal ends the step and the program.
 *
 * @returns hands signals over; to be called when the program has its own handlers
 */
export async function setUp() {
  requireNode();
  const release = endStepsOnSignal();
  try {
    await install();
    await build();
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    giveUp(error.message);
  }
  return release;
}

/** Installs the packages unless they are those of package-lock.json. */
export async function install() {
  if (isInstalled()) return;
  await withLock(async (onStart) => {
    if (isInstalled()) return;
    await step("Installing packages", () =>
      // Half of the packages build the other half, so NODE_ENV=production must not leave them out;
      // warnings are about packages that run on the pinned Node only.
      npm(["ci", "--include=dev", "--loglevel=error", "--no-audit", "--no-fund"], onStart),
    );
  });
}

/** Builds unless the last build was made of the same files. */
export async function build() {
  if (isBuilt()) return;
  await withLock(async (onStart) => {
    if (isBuilt()) return;
    const inputs = hashInputs();
    rmSync(STAMP, { force: true });
    await step("Building", () =>
      run(pinnedNode(), [join(root, "node_modules", ".bin", "remix"), "vite:build"], {
        env: { NODE_ENV: "production" },
        onStart,
      }),
    );
    mkdirSync(join(root, "build"), { recursive: true });
    writeFileSync(STAMP, inputs);
  });
}

/** @param {string} name @param {() => Promise<{ ok: boolean, output: string }>} work */
async function step(name, work) {
  const startedAt = Date.now();
  say(`${name} …`);
  const { ok, output } = await work();
  if (!ok) throw new SetupFailure(`${output.trimEnd()}\n${name} failed, for the reason above`);
  say(`${name}: done in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
}

/** @param {string[]} args @param {(pid: number) => void} onStart */
function npm(args, onStart) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js")
    ? run(process.execPath, [cli, ...args], { onStart })
    : run("npm", args, { onStart });
}

/** npm writes down what it has installed when it has finished, and not before. */
function isInstalled() {
  try {
    const wanted = packagesOf("package-lock.json");
    const present = packagesOf("node_modules/.package-lock.json");
    return (
      [...wanted].every(([path, { version, optional }]) =>
        present.has(path) ? present.get(path)?.version === version : optional,
      ) && [...present.keys()].every((path) => wanted.has(path))
    );
  } catch {
    return false;
  }
}

/** @param {string} lock @returns {Map<string, { version: string, optional?: boolean }>} */
function packagesOf(lock) {
  const { packages } = JSON.parse(readFileSync(join(root, lock), "utf8"));
  return new Map(Object.entries(packages).filter(([path]) => path !== ""));
}

function isBuilt() {
  return (
    existsSync(join(root, "build", "server", "index.js")) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, "utf8") === hashInputs()
  );
}

/** Contents rather than times: a checkout changes the times of all files. */
function hashInputs() {
  const hash = createHash("sha256");
  for (const path of INPUTS.flatMap(filesBelow)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!readdirOf(full)) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return (readdirOf(full) ?? []).sort().flatMap((name) => filesBelow(`${path}/${name}`));
}

/** @param {string} path */
function readdirOf(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}
