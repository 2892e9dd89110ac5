import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import {
  endStepsOnSignal,
  pinnedNode,
  requireNode,
  root,
  run,
  SetupFailure,
  say,
} from "./machine.mjs";
import { browserCounts, chaosCounts, unitCounts } from "./reports.mjs";
import { ensureSwift } from "./s3-server.mjs";
import { build, install } from "./setup.mjs";

requireNode();
endStepsOnSignal();
await install().catch((error) => {
  say(`${failureText(error)}\n0 passed, 1 failed`);
  process.exit(1);
});
const node = pinnedNode();
const reports = mkdtempSync(join(tmpdir(), "parley-reports-"));
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));

const total = { passed: 0, failed: 0 };
/** A suite that hangs is one that has failed. In ms. */
const TIMEOUT = 900_000;

/**
 * @param {string} program in node_modules/.bin
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
const tool = (program, args, env) =>
  run(node, [join(root, "node_modules", ".bin", program), ...args], { env, timeout: TIMEOUT });

/**
 * Runs a suite, prints its line and what failed, and adds its counts.
 *
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number, details: string }>} suite
 */
async function report(name, suite) {
  const startedAt = Date.now();
  const { passed, failed, details } = await suite();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) say(`\n${details.trimEnd()}\n`);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(`${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
}

/** A check passes or fails as a whole. @param {string} program @param {string[]} args */
const check = (program, args) => async () => {
  const { ok, output } = await tool(program, args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, details: output };
};

/** @param {unknown} error */
function failureText(error) {
  if (error instanceof SetupFailure) return error.message;
  throw error;
}

async function checks() {
  await report("lint", check("biome", ["check", "--colors=off", "."]));
  await report("types", check("tsc", ["--pretty", "false"]));
  await report("unused code", check("knip", ["--no-progress"]));
}

async function buildAndBrowser() {
  await report("build", async () => {
    try {
      await build();
      return { passed: 1, failed: 0, details: "" };
    } catch (error) {
      return { passed: 0, failed: 1, details: failureText(error) };
    }
  });
  const browser = await ensureBrowser();
  // After the browser: apt does one thing at a time.
  return { browser, s3: await ensureSwift() };
}

const [{ browser, s3 }] = await Promise.all([buildAndBrowser(), checks()]);

await report("unit and integration", async () => {
  const file = join(reports, "vitest.json");
  const outcome = await tool("vitest", ["run", "--reporter=json", `--outputFile=${file}`]);
  return unitCounts(file, outcome);
});
await report("chaos", async () => {
  const file = join(reports, "chaos.json");
  const args = [join(root, "chaos", "run.mjs"), "--short", "--json", file];
  return chaosCounts(file, await run(node, args, { timeout: TIMEOUT }));
});
await report("browser", async () => {
  if (!browser.path) {
    const details = `${browser.output}\nNo browser: install Chromium, or name one in BROWSER_PATH`;
    return { passed: 0, failed: 1, details };
  }
  const file = join(reports, "playwright.json");
  const outcome = await tool("playwright", ["test", "--reporter=json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    BROWSER_PATH: browser.path,
  });
  return browserCounts(file, outcome);
});

if (!s3.found) {
  const line = "S3 storage was not tested: OpenStack Swift (python3-swift) is not installed";
  say(`\n${line}: ${s3.output.trimEnd()}`);
  // Elsewhere it is left out; there it must not be.
  if (process.env.CI) total.failed += 1;
}
say(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
