import { eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { type Host, isHost } from "~/integration/host/host";
import { withArchived } from "~/retention/archive/archived-transcript.server";
import type { Storage } from "~/storage/storage";
import type { Locale } from "~/ui/i18n";
import { type OpenCase, withOpenCase } from "../access/access.server";
import { audit } from "../audit/audit.server";
import { type Making, makeTranscript } from "./make.server";
import { maskForHost, maskTranscript, type Reader } from "./mask.server";
import { readTranscriptRows, type TranscriptRows } from "./read.server";
import { renderTranscript, type TranscriptFormat } from "./render.server";
import { signingKey } from "./signing-keys.server";
import type { Copy, Transcript } from "./transcript";

type Asked = { format: TranscriptFormat; copy: Copy };
type Means = {
  storage: Storage;
  secret: string;
  operator: string | null;
  locale: Locale;
  now: Date;
};
type Found = { rows: TranscriptRows; copy: Copy; caseId: string | null };

export type TranscriptFile = { bytes: Buffer; name: string };

/**
 * The transcript of the chat of a case, or the copy of it for one side, while a case is open there. That
 * it was made is in the audit log.
 *
 * @returns null when there is no such case for this viewer
 */
export async function exportCase(
  db: Db,
  viewer: Viewer,
  { disputeId, ...asked }: Asked & { disputeId: string },
  means: Means,
): Promise<TranscriptFile | null> {
  return exportUnderCase(db, viewer, asked, means, async (tx) => {
    const [dispute] = await tx.select().from(disputes).where(eq(disputes.id, disputeId));
    const open = dispute && (await withOpenCase(tx, viewer, dispute.chatId));
    return open ? { ...open, disputeId } : null;
  });
}

/**
 * The same by the chat that a case is open on.
 *
 * @returns null when no case opens such a chat to this viewer
 */
export async function exportCaseChat(
  db: Db,
  viewer: Viewer,
  { chatId, ...asked }: Asked & { chatId: string },
  means: Means,
): Promise<TranscriptFile | null> {
  return exportUnderCase(db, viewer, asked, means, (tx) => withOpenCase(tx, viewer, chatId));
}

async function exportUnderCase(
  db: Db,
  viewer: Viewer,
  { format, copy }: Asked,
  means: Means,
  findCase: (tx: Db) => Promise<OpenCase | null>,
): Promise<TranscriptFile | null> {
  const found = await db.transaction(async (tx) => {
    const open = await findCase(tx);
    const rows = open && (await readTranscriptRows(tx, open.caseChatId));
    if (!rows) return null;
    const { caseChatId: chatId, disputeId } = open;
    const details = { format, copy };
    await audit(tx, viewer, { action: "transcript.exported", chatId, disputeId, details });
    return { rows, copy, caseId: disputeId };
  });
  return found && makeFile(db, viewer, found, format, means);
}

/**
 * The copy of a chat for the host. That it was made, and by which key, is in the audit log.
 *
 * @returns null when there is no such chat, and for a private thread of moderators with one side
 */
export async function exportTranscriptAsHost(
  db: Db,
  host: Host,
  { chatId, format }: { chatId: string; format: TranscriptFormat },
  means: Means,
): Promise<TranscriptFile | null> {
  const found = await db.transaction(async (tx) => {
    const rows = await readTranscriptRows(tx, chatId);
    if (!rows || rows.chat.privateTo) return null;
    const details = { format, copy: "host" };
    await audit(tx, host, { action: "transcript.exported", chatId, details });
    return { rows, copy: "host" as const, caseId: null };
  });
  return found && makeFile(db, host, found, format, means);
}

/**
 * The copy of a chat for one of its sides: what the chat shows to it, masked where that is the
 * other's.
 *
 * @returns null when this viewer is no side of such a chat
 */
export async function exportOwnChat(
  db: Db,
  viewer: Viewer,
  { chatId, format }: { chatId: string; format: TranscriptFormat },
  means: Means,
): Promise<TranscriptFile | null> {
  const found = await db.transaction(async (tx) => {
    const chat = await findChat(tx, viewer, chatId);
    const side = chat?.participants.find(({ id }) => id === viewer.id)?.role;
    const rows = side && side !== "moderator" && (await readTranscriptRows(tx, chatId));
    if (!rows) return null;
    const details = { format, copy: side };
    await audit(tx, viewer, { action: "transcript.exported", chatId, details });
    return { rows, copy: side, caseId: null };
  });
  return found && makeFile(db, viewer, found, format, means);
}

async function makeFile(
  db: Db,
  by: Viewer | Host,
  { rows: read, copy, caseId }: Found,
  format: TranscriptFormat,
  { storage, secret, operator, locale, now }: Means,
): Promise<TranscriptFile> {
  const rows = await withArchived(db, storage, read);
  const asker = isHost(by)
    ? { exportedBy: null, exportedByKey: { id: by.keyId, name: by.keyName } }
    : { exportedBy: by.id };
  const making = { exportedAt: now.toISOString(), ...asker, caseId, operator };
  const transcript = await copyOf(rows, copy, making);
  const key = await signingKey(db, secret);
  const bytes = await renderTranscript(transcript, format, { storage, key, locale });
  return { bytes, name: `transcript-${rows.chat.id.slice(-12)}-${copy}.${format}` };
}

function copyOf(rows: TranscriptRows, copy: Copy, making: Making): Promise<Transcript> {
  if (copy === "full") return makeTranscript(rows, making);
  return copy === "host" ? hostCopyOf(rows, making) : ownCopyOf(rows, copy, making);
}

/** Who keeps to himself what he read keeps it from the host, too. */
async function hostCopyOf(rows: TranscriptRows, making: Making): Promise<Transcript> {
  const people = rows.people.map((person) => {
    const { readSeq, ...shown } = { ...person, ...person.whileBlocked };
    return { ...shown, readSeq: person.sharesReads ? readSeq : null };
  });
  return maskForHost(await makeTranscript({ ...rows, people }, making));
}

/** The copy for one side: what the chat shows to it, masked where that is the other's. */
export async function ownCopyOf(
  rows: TranscriptRows,
  side: Reader["side"],
  making: Making,
): Promise<Transcript> {
  const reader = readerOf(rows, side);
  return maskTranscript(await makeTranscript(shownTo(reader, rows), making), reader);
}

function readerOf({ chat, people }: TranscriptRows, side: Reader["side"]): Reader {
  const sides = people.filter(({ chatId, role }) => chatId === chat.id && role !== "moderator");
  const id = sides.find(({ role }) => role === side)?.id ?? "";
  return { id, side, sharesReads: sides.every(({ sharesReads }) => sharesReads) };
}

/** How far the others are, as the chat shows it to a side: not moved while one blocks the other. */
function shownTo(reader: Reader, rows: TranscriptRows): TranscriptRows {
  const people = rows.people.map((person) =>
    person.id === reader.id ? person : { ...person, ...person.whileBlocked },
  );
  return { ...rows, people };
}
