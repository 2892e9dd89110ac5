import { log } from "~/operations/log.server";
import { StartupError } from "~/operations/startup-error.server";
import type { StorageKind } from "./open.server";
import { type Storage, StorageError } from "./storage";

/**
 * Whether the storage lets us in, before anybody needs it. One that is away at the moment stops no
 * start: chats work without it, and readiness says so.
 *
 * @throws StartupError when it refuses us: only the operator can mend that
 */
export async function checkStorageAtStart(kind: StorageKind, storage: Storage): Promise<void> {
  try {
    await storage.check();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.trouble === "refused") throw new StartupError(complaint(kind, error.message));
    log.warn({ err: error, trouble: error.trouble }, "the storage cannot be used yet");
  }
}

function complaint(kind: StorageKind, reason: string): string {
  if (kind === "disk") {
    return `DATA_DIR cannot be written: ${reason}; for example DATA_DIR=/var/lib/parley`;
  }
  if (reason.includes("HTTP 404")) {
    return `S3_BUCKET names no bucket there: ${reason}; for example S3_BUCKET=parley`;
  }
  return `AWS_ACCESS_KEY_ID or another setting of S3 is wrong: ${reason}; for example AWS_ACCESS_KEY_ID=AKIAEXAMPLE`;
}
