import { sql } from "drizzle-orm";
import { objectKeys } from "~/attachments/attachment";
import type { Db } from "~/db/client.server";
import { removeSurely } from "~/storage/remove-surely.server";
import { inBatches, isLastAttempt } from "../archive/batches.server";
import type { Attempt } from "../archive/ledger.server";
import { type Means, step } from "../means";

const atOnce = 100;

/**
 * Removes all objects of the pictures of a chat, and of the evidence of its disputes, and makes sure
 * that they are gone. Their rows stay, and know of them, until all of them are.
 *
 * @returns their bytes, as far as rows know them
 */
export async function removePictures(db: Db, means: Means, chatId: string): Promise<number> {
  let [bytes, after] = [0, "00000000-0000-0000-0000-000000000000"];
  for (;;) {
    const page = await db.execute<{ id: string; bytes: number }>(sql`
      select id, bytes from attachments where chat_id = ${chatId} and id > ${after}::uuid
      order by id limit ${atOnce}`);
    const last = page.at(-1);
    if (!last) return bytes;
    await removeSurely(
      means.storage,
      page.flatMap(({ id }) => Object.values(objectKeys(id))),
    );
    bytes += page.reduce((sum, one) => sum + one.bytes, 0);
    after = last.id;
    await step(means, "batch");
  }
}

/** With the reports about them. */
export async function deletePictureRows(db: Db, means: Means, attempt: Attempt): Promise<void> {
  const ofChat = sql`select id from attachments where chat_id = ${attempt.chatId}`;
  await inBatches(db, means, attempt, "deleting", ({ last }) =>
    last === null
      ? sql`
        delete from reports where ${isLastAttempt} and flag_id in (
          select id from flags where chat_id = ${attempt.chatId})`
      : null,
  );
  await inBatches(db, means, attempt, "deleting", ({ size, last }) =>
    last === 0
      ? null
      : sql`
        delete from attachments where ${isLastAttempt} and id in (${ofChat} limit ${size})`,
  );
}
