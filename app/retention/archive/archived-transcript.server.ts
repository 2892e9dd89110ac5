import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { readTranscriptRows, type TranscriptRows } from "~/moderation/transcripts/read.server";
import type { ErasedPart, MessageRow, PictureFacts } from "~/moderation/transcripts/records";
import type { TranscriptVerdict } from "~/moderation/transcripts/transcript";
import type { Storage } from "~/storage/storage";
import { ArchiveDamaged } from "../means";
import { readArchive } from "./read.server";
import type { ChatRows } from "./rows.server";

/** A chat may come back while it is read, and go again: so often it is looked for anew. */
const mostTries = 3;

/**
 * The rows that a transcript is made of, with the messages from the archive where they are there.
 *
 * @throws ArchiveDamaged and StorageError where the archive cannot be read
 */
export async function withArchived(
  db: Db,
  storage: Storage,
  read: TranscriptRows,
): Promise<TranscriptRows> {
  let rows = read;
  for (let tries = 1; rows.chat.status === "archived"; tries += 1) {
    const found = await archivedOf(db, storage, rows);
    if (found) return { ...rows, ...found };
    const again = tries < mostTries && (await readTranscriptRows(db, rows.chat.id));
    if (!again) throw new ArchiveDamaged("the chat has no archive");
    rows = again;
  }
  return rows;
}

async function archivedOf(
  db: Db,
  storage: Storage,
  { chat, threads }: TranscriptRows,
): Promise<Pick<TranscriptRows, "messages" | "verdicts"> | null> {
  const messages: MessageRow[] = [];
  let verdicts: TranscriptVerdict[] = [];
  for (const id of [chat.id, ...threads.map(({ chatId }) => chatId)]) {
    const archive = await readArchive(db, storage, id);
    if (!archive) return null;
    const own = await asTranscriptRows(db, id, archive.rows);
    messages.push(...own.messages);
    if (id === chat.id) ({ verdicts } = own);
  }
  return { messages, verdicts };
}

/** What archived rows of one chat are in a transcript. */
export async function asTranscriptRows(
  db: Db,
  chatId: string,
  rows: ChatRows,
): Promise<Pick<TranscriptRows, "messages" | "verdicts">> {
  const beside = { pictures: await picturesOf(db, chatId), erased: await erasedOf(db, chatId) };
  const messages = toMessageRows(rows, beside);
  return { messages, verdicts: toVerdicts(rows) };
}

async function picturesOf(db: Db, chatId: string): Promise<Map<string, PictureFacts[]>> {
  const rows = await db.execute<{ message_id: string; pictures: PictureFacts[] }>(sql`
    select a.message_id, json_agg(json_build_object(
        'id', a.id, 'width', a.width, 'height', a.height, 'bytes', a.bytes,
        'sha256', a.sha256, 'alt', a.alt) order by a.position) as pictures
    from attachments a where a.chat_id = ${chatId} and a.message_id is not null
    group by a.message_id`);
  return new Map(rows.map((row) => [row.message_id, row.pictures]));
}

/** What stays in the database of an archived chat, by the message that it is of. */
type Beside = { pictures: Map<string, PictureFacts[]>; erased: Map<string, ErasedPart[]> };

async function erasedOf(db: Db, chatId: string): Promise<Beside["erased"]> {
  const rows = await db.execute<{ message_id: string; erased: ErasedPart[] }>(sql`
    select e.message_id,
      json_agg(json_build_object('version', e.version, 'part', e.part, 'hash', e.hash)) as erased
    from erased_parts e where e.chat_id = ${chatId} group by e.message_id`);
  return new Map(rows.map((row) => [row.message_id, row.erased]));
}

function toMessageRows(
  { messages, versions }: ChatRows,
  { pictures, erased }: Beside,
): MessageRow[] {
  const earlier = Map.groupBy(versions, ({ message_id }) => message_id);
  return messages.map((row) => {
    const before = earlier.get(row.id)?.map((one) => ({
      version: one.version,
      body: one.body,
      replacedAt: one.replaced_at,
      redactedBy: one.redacted_by,
      redactionReason: one.redaction_reason,
    }));
    const own = {
      versions: before ?? null,
      pictures: pictures.get(row.id) ?? null,
      erased: erased.get(row.id) ?? null,
    };
    return { ...row, ...own } as unknown as MessageRow;
  });
}

function toVerdicts({ messages, verdicts }: ChatRows): TranscriptVerdict[] {
  const seqs = new Map(messages.map(({ id, seq }) => [id as unknown, seq]));
  return verdicts.map(
    ({ message_id, version, action, stage, reasons }) =>
      ({
        seq: seqs.get(message_id),
        ...{ version, action, stage, reasons },
      }) as TranscriptVerdict,
  );
}
