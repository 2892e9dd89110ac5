import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { type Attachment, type AttachmentRow, toAttachment } from "./attachment";
import { attachmentColumns } from "./attachment-columns.server";

/** A picture that a message is to show: one that is staged, and what the sender says it shows. */
export type StagedPicture = { id: string; alt: string | null };

/**
 * Stored, and waiting for a message: the uploader's own, in one chat. What is being swept counts as
 * not stored any more.
 */
const isStaged = (viewer: Pick<Viewer, "id">, chatId: string, ids: readonly string[]): SQL => sql`
  a.id = ${anyOf(ids)}
  and a.chat_id = ${chatId} and a.uploader_id = ${viewer.id}
  and a.message_id is null and a.dispute_id is null and a.stored_at is not null`;

/** Those of `ids` that a message of this viewer in this chat can still take, in any order. */
export async function listStaged(
  db: Db,
  viewer: Pick<Viewer, "id">,
  chatId: string,
  ids: readonly string[],
): Promise<Attachment[]> {
  if (!ids.length) return [];
  const rows = await db.execute<{ row: AttachmentRow }>(sql`
    select ${attachmentColumns} as row from attachments a where ${isStaged(viewer, chatId, ids)}`);
  return rows.map(({ row }) => toAttachment(chatId, row));
}

/**
 * Locks what a message is about to take, in the order of ids, so that neither another message nor
 * the sweep gets any of it.
 *
 * @returns whether all of them can be taken, each once
 */
export async function lockStaged(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  chatId: string,
  pictures: readonly StagedPicture[],
): Promise<boolean> {
  const ids = pictures.map(({ id }) => id);
  const locked = await tx.execute(sql`
    select a.id from attachments a where ${isStaged(viewer, chatId, ids)} order by a.id for update`);
  return locked.length === pictures.length;
}

/** Gives locked pictures to a message, or as evidence to a dispute, in their order. */
export async function takeStaged(
  tx: Db,
  taker: { messageId: string } | { disputeId: string },
  pictures: readonly StagedPicture[],
): Promise<void> {
  const taken = pictures.map(({ id, alt }, position) => ({ id, alt, position }));
  const owner =
    "messageId" in taker
      ? sql`message_id = ${taker.messageId}`
      : sql`dispute_id = ${taker.disputeId}`;
  await tx.execute(sql`
    update attachments a set ${owner}, position = t.position, alt = t.alt
    from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as t(id uuid, position int, alt text)
    where a.id = t.id`);
}
