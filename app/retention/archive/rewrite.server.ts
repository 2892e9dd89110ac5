import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { signingKey } from "~/moderation/transcripts/signing-keys.server";
import { type Done, type Means, Superseded, step } from "../means";
import { asTranscriptRows } from "./archived-transcript.server";
import { writeArchive } from "./document.server";
import { emptyTables } from "./empty.server";
import * as ledger from "./ledger.server";
import { loadArchive } from "./load.server";
import { putArchive } from "./objects.server";
import type { ChatRows } from "./rows.server";
import { lockUnit } from "./unit.server";

/**
 * Makes the rows of an archived chat other ones, those of its private threads too, without bringing
 * them back: each archive is written anew, signed, and the one before is removed and made sure to be
 * gone. Readers see either. Whatever ends it half way, the next call, or a run of retention, goes on:
 * until this has returned `archived`, call it again.
 *
 * Rows are as `to_jsonb` gives those of `chat_messages`, `chat_message_versions` and
 * `message_verdicts`, by the names of their columns. What is to stay verifiable is the caller's: the
 * transcript in it is made of what `change` returns, as one from the tables would be. Pictures are not
 * in it: their rows and objects are where they are of any other chat.
 *
 * @param change of the rows of the chat, then of each thread; must not change what it is given
 * @returns null when the chat is not archived (any more): its rows are in the tables then; `superseded`
 *   when it is on its way back, or being deleted, or somebody else took it up meanwhile
 * @throws ArchiveDamaged and StorageError, and the archives are as before or as wanted
 */
export async function rewriteArchive(
  db: Db,
  means: Means,
  chatId: string,
  { now, change }: { now: Date; change: (chatId: string, rows: ChatRows) => ChatRows },
): Promise<Done | null> {
  try {
    const taken = await takeUnit(db, chatId);
    if (!taken) return null;
    await step(means, "noted");
    let bytes = 0;
    for (const one of taken) bytes += await rewrite(db, means, one, now, change);
    await emptyTables(db, means, chatId);
    return { outcome: "archived", messages: 0, bytes };
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    return { outcome: "superseded", messages: 0, bytes: 0 };
  }
}

/** @returns null when it is not archived. @throws Superseded when it is coming back, or being deleted */
async function takeUnit(db: Db, chatId: string): Promise<Taken[] | null> {
  return db.transaction(async (tx) => {
    const unit = await lockUnit(tx, chatId);
    if (!unit?.every(({ status }) => status === "archived")) return null;
    const taken: Taken[] = [];
    for (const { id } of unit) {
      const one = await ledger.takeUp(tx, id, ["moving", "archived"], sql`, state = 'moving'`);
      if (!one) throw new Superseded();
      taken.push(one);
    }
    return taken;
  });
}

type Taken = NonNullable<Awaited<ReturnType<typeof ledger.takeUp>>>;

async function rewrite(
  db: Db,
  means: Means,
  { attempt, row, freshKey }: Taken,
  now: Date,
  change: (chatId: string, rows: ChatRows) => ChatRows,
): Promise<number> {
  const { chatId } = attempt;
  const archive = await loadArchive(means.storage, row);
  const rows = change(chatId, archive.rows);
  const facts = await readTranscriptRows(db, chatId);
  if (!facts) throw new Superseded();
  const { bytes, sha256, head, pictures } = await writeArchive(
    { ...facts, ...(await asTranscriptRows(db, chatId, rows)) },
    {
      ...{ rows, now, epoch: archive.epoch, operator: means.operator },
      key: await signingKey(db, means.secret),
    },
  );
  await step(means, "read");
  await putArchive(means, freshKey, bytes);
  await step(means, "checked");
  await db.transaction(async (tx) => {
    await ledger.change(
      tx,
      attempt,
      sql`object_key = ${freshKey}, sha256 = ${sha256}, bytes = ${bytes.length},
        head_hash = ${head.hash}, pictures = ${pictures}`,
    );
    const { version, hash } = head;
    const details = { bytes: bytes.length, sha256, version, head: hash };
    await audit(tx, "system", { action: "chat.archive_rewritten", chatId, details });
  });
  await step(means, "moved");
  return bytes.length;
}
