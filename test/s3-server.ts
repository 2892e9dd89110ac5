import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { findSwift } from "../scripts/s3-server.mjs";

export type S3Server = {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

const SECRET = "a-secret-key-for-tests-alone";
const PROGRAM = fileURLToPath(new URL("s3-server.py", import.meta.url));

/**
 * A server that speaks S3 and checks signatures, for one run of the tests.
 *
 * @returns null where none is installed: `npm test` installs it, or says that it is missing
 */
export async function startS3Server() {
  const python = findSwift();
  if (!python) return null;
  const folder = mkdtempSync(join(tmpdir(), "parley-s3-"));
  const child = spawn(python, [PROGRAM, folder, "test", "tester", SECRET]);
  const ended = once(child, "exit");
  const said = text(child.stderr);
  const [first] = (await Promise.race([once(child.stdout, "data"), ended])) as [unknown];
  if (!(first instanceof Buffer)) throw new Error(`The S3 server did not start: ${await said}`);
  const server: S3Server = {
    endpoint: `http://127.0.0.1:${first.toString().trim()}`,
    region: "test-region",
    accessKeyId: "test:tester",
    secretAccessKey: SECRET,
  };
  return {
    server,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
