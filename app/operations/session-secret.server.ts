import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secret of a Parley that runs on its embedded PostgreSQL: made at the first start, kept in
 * DATA_DIR beside the data that it protects. Call it while holding the lock of the cluster.
 */
export function keptSessionSecret(dataDir: string): string {
  const path = join(dataDir, "session.secret");
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const secret = randomBytes(32).toString("hex");
  // Renamed when whole: half a secret would be taken for one at the next start.
  writeFileSync(`${path}.unfinished`, secret, { mode: 0o600 });
  renameSync(`${path}.unfinished`, path);
  return secret;
}
