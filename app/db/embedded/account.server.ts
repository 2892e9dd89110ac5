import { readFileSync, statSync } from "node:fs";
import { StartupError } from "~/operations/startup-error.server";

/** The user and group that PostgreSQL runs under. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Who PostgreSQL runs as: `undefined` means as ourselves. It refuses to run as root, so root hands
 * it to the owner of the cluster, or to `nobody` for a new one. `nobody` is on every machine, so
 * that no user has to be made, and it owns nothing else that PostgreSQL could be made to touch.
 * DATA_DIR itself stays closed to it: PostgreSQL is started inside of its folder.
 */
export function postgresAccount(clusterDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return nobody();
}

function nobody(): Account {
  const entry = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === "nobody");
  if (!entry) {
    throw new StartupError(
      "PostgreSQL refuses to run as root and this machine has no user `nobody` to run it as: start Parley as another user, or set DATABASE_URL",
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}
