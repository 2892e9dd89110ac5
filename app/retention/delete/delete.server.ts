import { sql } from "drizzle-orm";
import { announce, tick } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { chainHead } from "~/moderation/transcripts/chain-head.server";
import { deleteMessages } from "../archive/empty.server";
import * as ledger from "../archive/ledger.server";
import { removeBelow } from "../archive/objects.server";
import { listUnit, lockUnitAlone } from "../archive/unit.server";
import { type Done, type Means, Superseded, step } from "../means";
import { wanted } from "../wanted.server";
import { deletePictureRows, removePictures } from "./pictures.server";
import { deleteWhatIsLeft } from "./rows.server";

const nothing = { messages: 0, bytes: 0 };

/**
 * Deletes a chat for good, with its private threads and all that belongs to them: the objects first,
 * made sure of, then the rows. Once it is begun nothing reads the chat any more, and whatever ends it
 * half way, another call goes on to the same end.
 *
 * @throws StorageError; the chat is being deleted then, and the next call goes on
 */
export async function deleteChat(db: Db, means: Means, chatId: string, now: Date): Promise<Done> {
  const refused = await begin(db, chatId, now);
  if (refused) return { outcome: refused, ...nothing };
  await step(means, "noted");
  return (await goOnDeleting(db, means, chatId)) ?? { outcome: "superseded", ...nothing };
}

/** The moment from which on the chat counts as gone. */
async function begin(db: Db, chatId: string, now: Date): Promise<Done["outcome"] | null> {
  const heads = new Map<string, string>();
  // Where its chain ends is what is left of it: the proof of what was deleted.
  for (const id of await listUnit(db, chatId)) heads.set(id, (await chainHead(db, id)).head);
  return db.transaction(async (tx) => {
    const unit = await lockUnitAlone(tx, chatId);
    // A thread that came since is read by the next run.
    if (!unit?.every(({ id }) => heads.has(id))) return "notDue";
    const unwanted = await wanted("delete", now)(tx, chatId);
    if (unwanted) return unwanted;
    for (const chat of unit) {
      const head = heads.get(chat.id);
      const set = sql`, state = 'deleting', head_hash = ${head}, pictures = (
        select count(*)::int from attachments a where a.chat_id = chat_archives.chat_id)`;
      const from = ["writing", "moving", "archived"] as const;
      if (!(await ledger.takeUp(tx, chat.id, from, set))) return "notDue";
      const { version } = await tick(tx, chat.id, "state");
      await announce(tx, chat, version);
    }
    return null;
  });
}

/** Ends what was begun, from wherever it got to. @returns null when there is nothing to end */
export async function goOnDeleting(db: Db, means: Means, chatId: string): Promise<Done | null> {
  try {
    const attempts: ledger.Attempt[] = [];
    for (const id of await listUnit(db, chatId)) {
      const taken = await ledger.takeUp(db, id, ["deleting"]);
      if (taken) attempts.push(taken.attempt);
    }
    if (!attempts.length) return null;
    let [messages, bytes] = [0, 0];
    for (const { chatId: id } of attempts) {
      bytes += await removePictures(db, means, id);
      bytes += await removeBelow(means.storage, ledger.archiveFolder(id));
      await step(means, "objects");
    }
    for (const attempt of attempts) {
      messages += await deleteMessages(db, means, attempt, "deleting");
      await deletePictureRows(db, means, attempt);
      await step(means, "emptied");
    }
    const counted = await deleteWhatIsLeft(db, chatId, attempts);
    await step(means, "rows");
    return { outcome: "deleted", messages: Math.max(messages, counted), bytes };
  } catch (error) {
    if (error instanceof Superseded) return { outcome: "superseded", ...nothing };
    throw error;
  }
}
