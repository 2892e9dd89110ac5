import { and, eq, gt } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { personalExports } from "~/db/schema";
import type { Storage } from "~/storage/storage";
import { readParts } from "./export-parts.server";

export type OpenedExport = { parts: AsyncGenerator<Buffer>; bytes: number; name: string };

/** @returns null when there is none of the viewer's own that can be downloaded at this moment */
export async function openExport(
  db: Db,
  storage: Storage,
  viewer: Pick<Viewer, "id">,
  id: string,
  now = new Date(),
): Promise<OpenedExport | null> {
  const [row] = await db
    .select()
    .from(personalExports)
    .where(
      and(
        eq(personalExports.id, id),
        eq(personalExports.userId, viewer.id),
        eq(personalExports.state, "ready"),
        gt(personalExports.expiresAt, now),
      ),
    );
  if (!row?.bytes || !row.readyAt) return null;
  const name = `parley-data-${row.readyAt.toISOString().slice(0, 10)}.zip`;
  return { parts: readParts(storage, row.objectKey), bytes: row.bytes, name };
}
