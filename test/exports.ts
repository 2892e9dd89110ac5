import { randomUUID } from "node:crypto";
import type { Db } from "~/db/client.server";
import { personalExports } from "~/db/schema";

/** What somebody's data were gathered into, ready to be downloaded for an hour. */
export async function makeExport(db: Db, userId: string): Promise<string> {
  const { storage } = await import("~/storage/storage.server");
  const objectKey = `exports/${randomUUID()}`;
  await storage.put(`${objectKey}/000000.zip`, Buffer.from("PK"), "application/zip");
  const until = new Date(Date.now() + 3_600_000);
  const ready = { state: "ready", bytes: 2, readyAt: new Date(), expiresAt: until } as const;
  const [made] = await db
    .insert(personalExports)
    .values({ ...ready, userId, objectKey })
    .returning();
  return made?.id ?? "";
}
