import { createHash } from "node:crypto";
import { stringify } from "csv-stringify/sync";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { audit } from "./audit.server";
import type { AuditHead } from "./audit-chain";
import type { AuditFilter } from "./audit-filter.server";
import type { AuditRecord } from "./audit-hash";
import { readAuditHead, readAuditRecords } from "./audit-records.server";

export const auditFormats = ["jsonl", "csv"] as const;
export type AuditFormat = (typeof auditFormats)[number];

export const auditFileFormat = "parley-audit-log";

/** The first line of a file of JSON lines. */
export type AuditFileStart = {
  format: typeof auditFileFormat;
  formatVersion: 1;
  exportedAt: string;
  /** Empty: the whole log. */
  filter: AuditFilter;
  timeZone: string;
  /** Where the log ended then. */
  head: AuditHead;
};

/** The last line: how many entries stand between, and SHA-256 in hex of all bytes before this line. */
export type AuditFileEnd = { end: true; count: number; sha256: string };

type Export = { filter: AuditFilter; timeZone: string; head: AuditHead; now: Date };

/** One JSON object a line: about the export, each entry as `AuditRecord`, and a last one to check by. */
export async function* auditAsJsonLines(db: Db, asked: Export): AsyncGenerator<string> {
  const { filter, timeZone, head, now } = asked;
  const hash = createHash("sha256");
  const said = (lines: string) => {
    hash.update(lines);
    return lines;
  };
  const start: AuditFileStart = {
    format: auditFileFormat,
    formatVersion: 1,
    exportedAt: now.toISOString(),
    filter,
    timeZone,
    head,
  };
  yield said(`${JSON.stringify(start)}\n`);
  let count = 0;
  for await (const records of readAuditRecords(db, filter, { timeZone, upTo: head.seq })) {
    count += records.length;
    yield said(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  }
  const end: AuditFileEnd = { end: true, count, sha256: hash.digest("hex") };
  yield `${JSON.stringify(end)}\n`;
}

const columns: (keyof AuditRecord)[] = [
  "seq",
  "at",
  "actorId",
  "actorRole",
  "action",
  "chatId",
  "disputeId",
  "personId",
  "details",
  "previousHash",
  "hash",
];

/** RFC 4180 with a line of names. No cell of it begins as a formula does. */
export async function* auditAsCsv(db: Db, asked: Export): AsyncGenerator<string> {
  const { filter, timeZone, head } = asked;
  const options = { columns, record_delimiter: "\r\n" };
  yield stringify([], { ...options, header: true });
  for await (const records of readAuditRecords(db, filter, { timeZone, upTo: head.seq })) {
    yield stringify(records, options);
  }
}

/**
 * The entries that fit, up to now, in parts as they are read. That it was made is an entry itself,
 * the last one in it, if it fits.
 */
export async function exportAuditLog(
  db: Db,
  viewer: Viewer,
  format: AuditFormat,
  asked: Omit<Export, "head">,
): Promise<AsyncGenerator<string>> {
  const { chatId, disputeId, personId, ...filter } = asked.filter;
  const head = await db.transaction(async (tx) => {
    const details = { ...filter, format };
    await audit(tx, viewer, { action: "audit.exported", chatId, disputeId, personId, details });
    return readAuditHead(tx);
  });
  const write = format === "csv" ? auditAsCsv : auditAsJsonLines;
  return write(db, { ...asked, head });
}
