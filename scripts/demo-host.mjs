import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { giveUp, pinnedNode, root, say } from "./machine.mjs";
import { serve } from "./server.mjs";
import { setUp } from "./setup.mjs";

const marketPort = portOf("DEMO_HOST_PORT", 4000);
const url = `http://127.0.0.1:${portOf("PORT", 3000)}`;
const release = await setUp();

if (await isReady()) giveUp(`A Parley runs at ${url} already: stop it, or give another PORT`);

const ssoIssuer = `http://127.0.0.1:${marketPort}`;
const ssoSecret = randomBytes(32).toString("hex");
// A demo is of this machine: it is no visitor in an operator's own database, nor known elsewhere.
const own = { DATABASE_URL: "", PUBLIC_URL: "", HOST: "", DEMO: "1" };
const serving = serve({
  ...own,
  PORT: new URL(url).port,
  SSO_ISSUER: ssoIssuer,
  SSO_SECRET: ssoSecret,
  SSO_JWKS_URL: "",
  WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${marketPort}`,
});
release();
/** @type {number | undefined} */
let ended;
void serving.then((code) => {
  ended = code;
});

try {
  const market = await startMarket();
  if (market) {
    say(
      `\n  The demo host is ready: ${market.address}\n  Parley is at ${url}; both stop with Ctrl-C.\n`,
    );
    process.exitCode = await serving;
    await market.stop();
  }
  process.exit(await serving);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  // As Ctrl-C: Parley ends in order.
  if (ended === undefined) process.kill(process.pid, "SIGTERM");
  await serving;
  process.exit(1);
}

/** @returns null where Parley has ended before */
async function startMarket() {
  while (ended === undefined && !(await isReady())) await pause(200);
  if (ended !== undefined) return null;
  const key = await createKey();
  // Its packages may have been installed only now.
  const { startDemoHost } = await import("../demo-host/server.mjs");
  return startDemoHost({ url, key, ssoIssuer, ssoSecret, port: marketPort });
}

async function isReady() {
  const answer = await fetch(`${url}/readyz`).catch(() => null);
  return answer?.ok ?? false;
}

/** A key for a day: each run makes one. @returns {Promise<string>} */
function createKey() {
  const scopes = "users:write,subjects:write,chats:write,disputes:write,webhooks:write";
  const program = join("build", "server", "keys-create.js");
  const child = spawn(
    pinnedNode(),
    [program, "--name", "Demo host", "--scopes", scopes, "--days", "1"],
    { cwd: root, env: { ...process.env, ...own }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  let complaint = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (complaint += part));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(said.trim()) : reject(new Error(`No key was made: ${complaint}`)),
    );
  });
}

/** @param {string} name @param {number} standard */
function portOf(name, standard) {
  const given = process.env[name]?.trim();
  const port = given ? Number(given) : standard;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  return giveUp(`${name} is no port: ${given}; for example ${name}=${standard}`);
}
