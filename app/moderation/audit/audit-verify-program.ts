import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { withDatabase } from "~/db/open-database.server";
import { readEnvironment } from "~/operations/environment.server";
import { runProgram } from "~/operations/program.server";
import { StartupError } from "~/operations/startup-error.server";
import type { AuditHead } from "./audit-chain";
import { UnreadableAuditFile, verifyAuditFile } from "./audit-file.server";
import { type AuditVerdict, verifyAuditLog } from "./audit-verify.server";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm run audit:verify [-- FILE] [--head SEQ:HASH]`; see docs/operating.md. */
async function main(): Promise<number> {
  const { file, heads } = readArguments();
  const verdict = file
    ? await verifyAuditFile(linesOf(file), heads)
    : await withDatabase(readEnvironment(process.env), (db) => verifyAuditLog(db, heads));
  return report(verdict);
}

function report({ count, head, faults }: AuditVerdict): number {
  for (const { problem } of faults) say(problem);
  if (faults.length) {
    say(`The audit log is NOT as it was written (${count} entries read).`);
    return 1;
  }
  say(`The audit log is whole and unchanged: ${count} entries.`);
  say(`Its head, to note elsewhere: ${head.seq}:${head.hash}`);
  return 0;
}

function readArguments(): { file?: string; heads: AuditHead[] } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { head: { type: "string", multiple: true } },
    });
    if (positionals.length > 1) throw new Error("there is more than one FILE");
    return { file: positionals[0], heads: (values.head ?? []).map(readHead) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${reason}; for example npm run audit:verify -- audit.jsonl`);
  }
}

function readHead(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!hash) throw new Error(`--head ${text} is no SEQ:HASH`);
  return { seq: Number(seq), hash };
}

/** Lines with their ends, of which only a line feed is one: `readline` would take others for it. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const part of createReadStream(path, "utf8")) {
    const lines = (rest + part).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield `${line}\n`;
  }
  if (rest) yield rest;
}

runProgram(
  main,
  (error) =>
    error instanceof UnreadableAuditFile ||
    (error instanceof Error && "code" in error && error.code === "ENOENT"),
);
