import { sql } from "drizzle-orm";
import { objectKeys } from "~/attachments/attachment";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { removeSurely } from "~/storage/remove-surely.server";
import type { Storage } from "~/storage/storage";
import type { Erasing } from "./erasing";

const atOnce = 50;

/**
 * Removes somebody's pictures of a chat: those that nobody but he has seen, and where his messages go
 * all of them. The objects first, made sure of; their rows know of them until then. What messages
 * hashed to with them is kept by then.
 */
export async function erasePictures(
  db: Db,
  storage: Storage,
  chatId: string,
  { userId, messages }: Erasing,
): Promise<void> {
  const isHis = sql`chat_id = ${chatId} and uploader_id = ${userId}`;
  const goes = messages === "removed" ? sql`true` : sql`message_id is null and dispute_id is null`;
  for (;;) {
    const page = await db.execute<{ id: string }>(sql`
      select id from attachments where ${isHis} and ${goes} order by id limit ${atOnce}`);
    if (!page.length) return;
    await removeSurely(
      storage,
      page.flatMap(({ id }) => Object.values(objectKeys(id))),
    );
    const anyOfPage = anyOf(page.map(({ id }) => id));
    await db.transaction(async (tx) => {
      // Who reported one of them reported the message that it was in.
      await tx.execute(sql`
        update reports set target = 'message', attachment_id = null where attachment_id = ${anyOfPage}`);
      await tx.execute(sql`delete from attachments where id = ${anyOfPage} and ${goes}`);
    });
  }
}
