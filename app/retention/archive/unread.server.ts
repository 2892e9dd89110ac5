import { data } from "@remix-run/node";
import { log } from "~/operations/log.server";
import { StorageError } from "~/storage/storage";
import { ArchiveDamaged } from "../means";

/** An archive that cannot be read at the moment is no fault of the page: it says so, and tries again. */
export function unreadArchive(error: unknown): never {
  if (!(error instanceof StorageError || error instanceof ArchiveDamaged)) throw error;
  log.error({ err: error }, "the archive of a chat could not be read");
  throw data(null, { status: 503, headers: { "Retry-After": "5" } });
}
