import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run, say } from "./machine.mjs";

/** Debian's packages belong to its own Python, not to the first one on the PATH. */
const PYTHON = "/usr/bin/python3";

/**
 * The Python that can run OpenStack Swift (`test/s3-server.py`), the S3 server of the tests.
 *
 * @returns {string | undefined}
 */
export function findSwift() {
  const program = "import swift.proxy.server, swift.common.middleware.s3api";
  const tried = existsSync(PYTHON) && spawnSync(PYTHON, ["-c", program], { timeout: 60_000 });
  return tried && tried.status === 0 ? PYTHON : undefined;
}

/**
 * Finds Swift, or installs it where that can be done: as root on Debian.
 *
 * @returns {Promise<{ found: boolean, output: string }>} `output`: why there is none
 */
export async function ensureSwift() {
  if (findSwift()) return { found: true, output: "" };
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    return { found: false, output: "installing it takes root and apt-get" };
  }
  say("Installing an S3 server …");
  const install = "apt-get install -q -y --no-install-recommends python3-swift";
  const { output } = await run("sh", ["-c", `apt-get update -q && ${install}`], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
    timeout: 300_000,
  });
  return { found: findSwift() !== undefined, output };
}
