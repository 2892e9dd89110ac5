import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { jsonFile } from "~/moderation/transcripts/json-file";
import { makeTranscript } from "~/moderation/transcripts/make.server";
import type { TranscriptRows } from "~/moderation/transcripts/read.server";
import type { SigningKey } from "~/moderation/transcripts/signing-keys.server";
import type { Head, Transcript } from "~/moderation/transcripts/transcript";
import { sha256 } from "../../../bin/transcript/canonical.mjs";
import { verifyTranscript } from "../../../bin/transcript/verify.mjs";
import { ArchiveDamaged } from "../means";
import type { ChatRows } from "./rows.server";

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

/** More than any chat comes to: a damaged object must not take all memory. */
const mostBytes = 1024 ** 3;

/** What stands in a transcript beside it, under the same signature: all that brings the chat back. */
type Kept = {
  format: "parley-archive-1";
  /** Of the database that the transaction ids of the rows belong to. */
  epoch: string;
  rows: ChatRows;
};

/** `size`: of its text, unpacked, in bytes. */
export type Archive = { transcript: Transcript; epoch: string; rows: ChatRows; size: number };

export type Written = { bytes: Buffer; sha256: string; head: Head; pictures: number };

type Making = {
  rows: ChatRows;
  epoch: string;
  operator: string | null;
  now: Date;
  key: SigningKey;
};

/**
 * The object of a chat's archive: its full transcript, signed as any other, with the exact rows in
 * it. Names are not in it: they stand in `users` alone, so that who is erased is gone from here, too.
 */
export async function writeArchive(
  facts: TranscriptRows,
  { rows, epoch, operator, now, key }: Making,
): Promise<Written> {
  const { id } = facts.chat;
  // A private thread has an archive of its own.
  const own = {
    ...facts,
    threads: [],
    messages: facts.messages.filter((row) => row.chat_id === id),
    people: facts.people.filter((person) => person.chatId === id),
    actions: facts.actions.filter((action) => action.chatId === id),
  };
  const making = { exportedAt: now.toISOString(), exportedBy: null, caseId: null, operator };
  const full = await makeTranscript(own, making);
  const people = full.people.map((person) => ({ ...person, name: null }));
  const archive: Kept = { format: "parley-archive-1", epoch, rows };
  const document = { ...full, people, archive };
  const bytes = await compress(await jsonFile(document, key));
  const pictures = own.messages.reduce((sum, row) => sum + (row.pictures?.length ?? 0), 0);
  return { bytes, sha256: sha256(bytes), head: full.head, pictures };
}

/** @throws ArchiveDamaged when it is not what was written */
export async function openArchive(
  bytes: Buffer,
  expected: { sha256: string | null; headHash: string | null },
): Promise<Archive> {
  if (sha256(bytes) !== expected.sha256) throw new ArchiveDamaged("its SHA-256 is another one");
  const text = await decompress(bytes, { maxOutputLength: mostBytes }).catch((error) => {
    throw new ArchiveDamaged("it cannot be unpacked", { cause: error });
  });
  return parseArchive(text, expected.headHash);
}

/** The hash of the object is in the database; whether its signature fits is looked at before it counts. */
function parseArchive(text: Buffer, headHash: string | null): Archive {
  const { document } = JSON.parse(text.toString("utf8")) as {
    document: Transcript & { archive: Kept };
  };
  const { archive, ...transcript } = document;
  if (transcript.head.hash !== headHash) throw new ArchiveDamaged("its chain ends elsewhere");
  return { transcript, epoch: archive.epoch, rows: archive.rows, size: text.length };
}

/** Whether an archive is signed and whole in itself, as `bin/parley-verify` looks at it. */
export async function verifyArchive(bytes: Buffer): Promise<void> {
  const finding = verifyTranscript(await decompress(bytes, { maxOutputLength: mostBytes }));
  if (!finding?.key || finding.faults.length) {
    throw new ArchiveDamaged(finding?.faults[0] ?? "it is no transcript");
  }
}
