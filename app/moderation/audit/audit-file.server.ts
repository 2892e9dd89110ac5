import { createHash } from "node:crypto";
import { z } from "zod";
import { AuditChain, type AuditFault, type AuditHead } from "./audit-chain";
import { auditFileFormat } from "./audit-export.server";
import type { AuditVerdict } from "./audit-verify.server";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const head = z.strictObject({ seq: z.int().min(0), hash });
const start = z.strictObject({
  format: z.literal(auditFileFormat),
  formatVersion: z.literal(1),
  exportedAt: z.iso.datetime(),
  filter: z.record(z.string(), z.string()),
  timeZone: z.string(),
  head,
});
const id = z.string().nullable();
const record = z.strictObject({
  seq: z.int(),
  at: z.string(),
  actorId: id,
  actorRole: z.string(),
  action: z.string(),
  chatId: id,
  disputeId: id,
  personId: id,
  details: z.string(),
  previousHash: hash,
  hash,
});
const end = z.strictObject({ end: z.literal(true), count: z.int().min(0), sha256: hash });

/** Not a file of the audit log, or not a whole one; the message says where. */
export class UnreadableAuditFile extends Error {
  override name = "UnreadableAuditFile";
}

/**
 * Checks an exported file of JSON lines without any database: nothing changed, removed or put in.
 * Of an export with a filter the entries themselves are checked, and by the last line that they are
 * those that were exported.
 *
 * @param lines each with its line feed
 * @throws UnreadableAuditFile
 */
export async function verifyAuditFile(
  lines: AsyncIterable<string> | Iterable<string>,
  known: AuditHead[] = [],
): Promise<AuditVerdict> {
  const sum = createHash("sha256");
  const faults: AuditFault[] = [];
  let chain: AuditChain | undefined;
  let started: z.infer<typeof start> | undefined;
  let ended: z.infer<typeof end> | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (ended)
      throw new UnreadableAuditFile(`line ${number}: something stands after the last line`);
    const read = readLine(line, number);
    const isEnd = typeof read === "object" && read !== null && "end" in read;
    if (isEnd) ended = take(end, read, number);
    else {
      sum.update(line);
      if (!started) {
        started = take(start, read, number);
        chain = new AuditChain(known, Object.keys(started.filter).length === 0);
      } else chain?.add(take(record, read, number));
    }
  }
  if (!started || !chain) throw new UnreadableAuditFile("line 1: the file is empty");
  if (!ended) throw new UnreadableAuditFile(`line ${number + 1}: the end of the file is missing`);
  faults.push(...chain.end(started.head));
  if (ended.count !== chain.count || ended.sha256 !== sum.digest("hex")) {
    const problem = `the file is not the one that was exported: ${ended.count} entries were, and ${chain.count} are here`;
    faults.push({ seq: started.head.seq, problem });
  }
  return { count: chain.count, head: started.head, faults };
}

function readLine(line: string, number: number): unknown {
  if (!line.endsWith("\n")) throw new UnreadableAuditFile(`line ${number}: it has no end`);
  try {
    const read: unknown = JSON.parse(line);
    // As it was written and no other way: what a reader would not see is a change, too.
    if (`${JSON.stringify(read)}\n` === line) return read;
  } catch {
    // Said below.
  }
  throw new UnreadableAuditFile(`line ${number}: it is not as it was written`);
}

function take<Schema extends z.ZodType>(schema: Schema, read: unknown, number: number) {
  const taken = schema.safeParse(read);
  if (taken.success) return taken.data;
  const name = taken.error.issues[0]?.path.join(".");
  throw new UnreadableAuditFile(
    `line ${number}: it is not as it was written${name && ` (${name})`}`,
  );
}
