import { data } from "@remix-run/node";
import { log } from "~/operations/log.server";
import { StorageError } from "~/storage/storage";
import { ArchiveDamaged } from "../means";

/** An archive that cannot be read at the moment is no fault of the page: it says so, and tries again. */
export function unreadArchive(error: unknown): never {
  if (!isUnread(error)) throw error;
  throw data(null, { status: 503, headers: { "Retry-After": String(retryAfter) } });
}

/** When to come back, in seconds. */
export const retryAfter = 5;

/** Whether it is the archive that cannot be read; the log has it then. */
export function isUnread(error: unknown): boolean {
  const isIt = error instanceof StorageError || error instanceof ArchiveDamaged;
  if (isIt) log.error({ err: error }, "the archive of a chat could not be read");
  return isIt;
}
