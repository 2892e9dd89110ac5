import { sql } from "drizzle-orm";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { findAnyPicture } from "~/retention/archive/archived-picture.server";
import type { Storage } from "~/storage/storage";
import { audit } from "../audit/audit.server";
import { pictureOfFlag } from "../flags/context.server";
import { withOpenCase } from "./access.server";

type Asked = { chatId: string; id: string; size: "full" | "thumbnail" };

/**
 * A picture that this viewer may see at this moment: as somebody of its chat, or as a moderator under
 * a case, who also sees those that were taken back and the evidence, or who looks at a flag
 * on one of its neighbours. What a moderator opens is in the audit log; thumbnails stand on the pages that are.
 *
 * @returns in bytes how large the full picture is; null when there is none, or none for this viewer
 */
export async function openPicture(
  db: Db,
  storage: Storage,
  viewer: Viewer,
  { chatId, id, size }: Asked,
): Promise<{ bytes: number } | null> {
  const own = await findAnyPicture(db, storage, viewer, { chatId, id });
  if (own || !hasRole(viewer, "moderator")) return own;
  return db.transaction(async (tx) => {
    const open = await withOpenCase(tx, viewer, chatId);
    const picture = open
      ? await pictureOfCase(tx, chatId, id)
      : await pictureOfFlag(tx, viewer, chatId, id);
    if (!picture) return null;
    if (size === "full") {
      const about = { chatId, disputeId: open?.disputeId, personId: picture.uploader_id };
      const details = { pictureId: id, ...(picture.flag_id && { flagId: picture.flag_id }) };
      await audit(tx, viewer, { action: "picture.viewed", ...about, details });
    }
    return { bytes: picture.bytes };
  });
}

type Picture = { bytes: number; uploader_id: string; flag_id?: string };

async function pictureOfCase(tx: Db, chatId: string, id: string): Promise<Picture | undefined> {
  const [picture] = await tx.execute<Picture>(sql`
    select bytes, uploader_id from attachments
    where id = ${id} and chat_id = ${chatId} and stored_at is not null
      and (message_id is not null or dispute_id is not null)`);
  return picture;
}
