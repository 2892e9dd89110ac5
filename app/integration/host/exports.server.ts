import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import { type OpenedExport, openExport } from "~/retention/personal/open-export.server";
import type { OwnExport } from "~/retention/personal/own-export";
import { listExports, requestExport } from "~/retention/personal/request-export.server";
import type { Storage } from "~/storage/storage";
import { findUser } from "./find-user.server";
import type { Host } from "./host";

/**
 * Has the data of one of the host's people gathered, as he could himself, and within the same limit.
 *
 * @returns null when there is no such person, or he did not come from the host
 */
export function requestExportFor(
  db: Db,
  host: Host,
  userId: string,
): ReturnType<typeof requestExport> {
  return db.transaction(async (tx) => {
    const user = await findUser(tx, host, userId);
    const asked = user && (await requestExport(tx, user));
    if (asked && "id" in asked) {
      const details = { exportId: asked.id };
      await audit(tx, host, { action: "user.export_asked", personId: userId, details });
    }
    return asked;
  });
}

/** How far what was asked for last is, whoever asked. @returns null as above */
export async function listExportsFor(
  db: Db,
  host: Host,
  userId: string,
): Promise<OwnExport[] | null> {
  const user = await findUser(db, host, userId);
  return user && listExports(db, user);
}

/** @returns null as above, and where there is none that can be downloaded at this moment */
export async function openExportFor(
  db: Db,
  storage: Storage,
  host: Host,
  { userId, exportId }: { userId: string; exportId: string },
): Promise<OpenedExport | null> {
  const user = await findUser(db, host, userId);
  const opened = user && (await openExport(db, storage, user, exportId));
  if (!opened) return null;
  const details = { exportId };
  await db.transaction((tx) =>
    audit(tx, host, { action: "user.export_opened", personId: userId, details }),
  );
  return opened;
}
