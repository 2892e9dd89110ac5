import { execFile } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/**
 * Builds the page of one line in a folder of its own, with the packages of this project.
 *
 * @returns the folder that holds `client` and `server`
 */
export async function buildEmptyRemix(folder: string): Promise<string> {
  // The same places as here, so that imports and packages are found.
  const source = join("bench", "peers", "empty-remix");
  const project = join(folder, source);
  cpSync(source, project, { recursive: true });
  cpSync("remix.config.js", join(folder, "remix.config.js"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  writeFileSync(join(project, "package.json"), '{ "type": "module", "sideEffects": false }\n');
  const remix = resolve("node_modules/.bin/remix");
  await promisify(execFile)(process.execPath, [remix, "vite:build"], {
    cwd: project,
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
  });
  return join(project, "build");
}
