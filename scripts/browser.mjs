import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pinnedNode, root, run, say } from "./machine.mjs";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The browser that the tests drive: `BROWSER_PATH`, the machine's, or Playwright's own.
 *
 * @returns {string | undefined}
 */
export function findBrowser() {
  const { chromium } = createRequire(import.meta.url)("@playwright/test");
  return [process.env.BROWSER_PATH, ...KNOWN, chromium.executablePath()].find(
    (path) =>
      path &&
      existsSync(path) &&
      spawnSync(path, ["--version", "--no-sandbox"], { stdio: "ignore", timeout: 30_000 })
        .status === 0,
  );
}

/**
 * Finds a browser, or installs one.
 *
 * @returns {Promise<{ path: string | undefined, output: string }>} `output`: why there is none
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return { path: found, output: "" };
  say("Installing a browser …");
  let output = "";
  for (const [program, args] of ways()) {
    const tried = await run(program, args, {
      env: { DEBIAN_FRONTEND: "noninteractive" },
      timeout: 300_000,
    });
    output += tried.output;
    const path = findBrowser();
    if (path) return { path, output };
  }
  return { path: undefined, output };
}

/** @returns {[string, string[]][]} */
function ways() {
  const apt = "apt-get update -q && apt-get install -q -y --no-install-recommends chromium";
  /** @type {[string, string[]]} */
  const debian = ["sh", ["-c", apt]];
  /** @type {[string, string[]]} */
  const playwright = [
    pinnedNode(),
    [join(root, "node_modules", ".bin", "playwright"), "install", "chromium"],
  ];
  const canApt = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  return canApt ? [debian, debian, playwright] : [playwright];
}
