import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { type Means, step } from "../means";
import { inBatches, isLastAttempt } from "./batches.server";
import * as ledger from "./ledger.server";
import { removeBelow } from "./objects.server";
import { listUnit } from "./unit.server";

/**
 * Deletes the rows of a chat whose archive is read, and those of its private threads: the newest
 * first, because none may go that another one answers.
 *
 * @returns how many messages were deleted
 */
export async function emptyTables(db: Db, means: Means, chatId: string): Promise<number> {
  let messages = 0;
  for (const id of await listUnit(db, chatId)) {
    const taken = await ledger.takeUp(db, id, ["moving"]);
    if (!taken) continue;
    messages += await deleteMessages(db, means, taken.attempt, "moving");
    // What it was rewritten from, or an attempt to rewrite it left.
    const { objectKey } = taken.row;
    await removeBelow(means.storage, ledger.archiveFolder(id), (key) => key === objectKey);
    await db.transaction((tx) => ledger.change(tx, taken.attempt, sql`state = 'archived'`));
    await step(means, "emptied");
  }
  return messages;
}

/** Their versions and verdicts go with them. Seqs have no holes, so that a batch is a range of them. */
export async function deleteMessages(
  db: Db,
  means: Means,
  attempt: ledger.Attempt,
  state: "moving" | "deleting",
): Promise<number> {
  const { chatId } = attempt;
  const [newest] = await db.execute<{ seq: string | null }>(
    sql`select max(seq) as seq from chat_messages where chat_id = ${chatId}`,
  );
  const end = Number(newest?.seq ?? 0);
  return inBatches(db, means, attempt, state, ({ size, at }) => {
    const last = end - at;
    if (last < 1) return null;
    return sql`
      delete from chat_messages
      where ${isLastAttempt} and chat_id = ${chatId} and seq between ${last - size + 1} and ${last}`;
  });
}
