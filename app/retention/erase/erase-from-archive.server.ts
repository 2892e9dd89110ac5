import { sql } from "drizzle-orm";
import { findAnyChatRow, lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { type DisputeFacts, readTranscriptRows } from "~/moderation/transcripts/read.server";
import { asTranscriptRows } from "../archive/archived-transcript.server";
import type { Archive } from "../archive/document.server";
import { findArchive } from "../archive/ledger.server";
import { readArchive } from "../archive/read.server";
import { resumeArchive } from "../archive/resume.server";
import { rewriteArchive } from "../archive/rewrite.server";
import type { ChatRows } from "../archive/rows.server";
import { listUnit, mainOf } from "../archive/unit.server";
import { holdsOfLockedChat } from "../holds.server";
import type { Means } from "../means";
import { changeOf, type MessageErasure } from "./change-of";
import { type ChatLeft, hashesOf, verdictLeft, whoseIn } from "./erase-messages.server";
import type { Erasing } from "./erasing";
import type { Whose } from "./masks";
import { storeParts } from "./store-changes.server";

type Of = { erasing: Erasing; now: Date };

/** What is to change in one archive. */
type Plan = {
  chatId: string;
  changes: Map<string, MessageErasure>;
  whose: (senderId: string | null) => Whose;
  isNeeded: boolean;
};

/**
 * Erases somebody from a chat that is in the storage, and from its private threads: the hashes of what
 * goes first, so that the chain holds whichever archive is read, then the archives.
 *
 * @returns `moved` when it is not there any more, or on its way
 * @throws ArchiveDamaged and StorageError; the next call goes on
 */
export async function eraseFromArchive(
  db: Db,
  means: Means,
  chatId: string,
  { erasing, now }: Of,
): Promise<ChatLeft> {
  const main = await mainOf(db, chatId);
  const unit = await listUnit(db, main);
  const states = [];
  for (const id of unit) states.push((await findArchive(db, id))?.state);
  if (states.includes("deleting")) return "gone";
  // What an attempt before this one wrote over may still be there.
  if (states.some((state) => state !== "archived")) await resumeArchive(db, means, main, now);
  const plans: Plan[] = [];
  for (const id of unit) {
    const plan = await planOf(db, means, id, erasing);
    if (!plan) return "moved";
    plans.push(plan);
  }
  if (!plans.some(({ isNeeded }) => isNeeded)) return "done";
  const stop = await db.transaction(async (tx): Promise<ChatLeft | null> => {
    const chat = await lockAnyChat(tx, main);
    if (!chat) return "gone";
    if (chat.status !== "archived") return "moved";
    if ((await holdsOfLockedChat(tx, main, now)).length) return "held";
    for (const plan of plans) await storeParts(tx, plan.chatId, [...plan.changes.values()]);
    return null;
  });
  if (stop) return stop;
  const [moment] = await db.execute<{ now: string }>(
    sql`select to_jsonb(clock_timestamp()::timestamptz(3)) as now`,
  );
  const done = await rewriteArchive(db, means, main, {
    now,
    change: (id, rows) => {
      const plan = plans.find((one) => one.chatId === id);
      return plan ? applied(rows, plan, erasing, moment?.now ?? "") : rows;
    },
  });
  return done?.outcome === "archived" ? "done" : "moved";
}

/** @returns null where there is no archive to read */
async function planOf(
  db: Db,
  { storage }: Means,
  chatId: string,
  erasing: Erasing,
): Promise<Plan | null> {
  const archive = await readArchive(db, storage, chatId);
  const chat = await findAnyChatRow(db, chatId);
  const [deployment] = await db.execute<{ salt: string }>(
    sql`select transcript_salt as salt from deployment`,
  );
  if (!archive || !chat || !deployment) return null;
  const { salt } = deployment;
  const { rows } = archive;
  const whose = whoseIn(chat.participants, erasing.userId);
  const { messages } = await asTranscriptRows(db, chatId, rows);
  const gone = new Set(rows.messages.filter((row) => row.deleted_at !== null).map(({ id }) => id));
  let hashes: Map<number, string> | undefined;
  const recordHash = (version: number) => {
    hashes ??= hashesOf(messages, { chatId, salt });
    return hashes.get(version) ?? "";
  };
  const changes = messages.flatMap((row) => {
    const isGone = gone.has(row.id);
    const of = { erasing, whose: whose(row.sender_id), salt, isGone, recordHash };
    return changeOf(row, of) ?? [];
  });
  const plan = { chatId, changes: new Map(changes.map((one) => [one.id, one])), whose };
  const after = applied(rows, { ...plan, isNeeded: true }, erasing, "");
  const isSame = JSON.stringify(after) === JSON.stringify(rows);
  return { ...plan, isNeeded: !isSame || (await isStale(db, archive.transcript)) };
}

/** Whether the words of its cases, or what it is about, are other ones by now. */
async function isStale(db: Db, { chatId, chat, disputes }: Archive["transcript"]) {
  const now = await readTranscriptRows(db, chatId);
  const wordsOf = ({ id, statement, decision }: (typeof disputes)[number] | DisputeFacts) =>
    JSON.stringify([id, statement, decision]);
  const were = new Set(disputes.map(wordsOf));
  const isTitled = now?.chat.subject.title === chat.subject.title;
  return !isTitled || now.disputes.some((dispute) => !were.has(wordsOf(dispute)));
}

/** The rows of an archive without what goes; what is taken back stands in no version of its own. */
function applied(
  { messages, versions, verdicts }: ChatRows,
  { changes, whose }: Plan,
  erasing: Erasing,
  now: string,
): ChatRows {
  const senders = new Map(messages.map((row) => [row.id, row.sender_id as string | null]));
  return {
    messages: messages.map((row) => {
      const change = changes.get(row.id);
      const left = change?.left.at(-1);
      if (!change || !left) return row;
      const { body, redactionReason: redaction_reason } = left;
      const taken = change.isToGo ? { deleted_at: now } : {};
      return { ...row, body, redaction_reason, event: change.event, ...taken };
    }),
    versions: versions.map((row) => {
      const left = changes
        .get(String(row.message_id))
        ?.left.find(({ version }) => version === row.version);
      return left ? { ...row, body: left.body, redaction_reason: left.redactionReason } : row;
    }),
    verdicts: verdicts.flatMap((row) => {
      const sender = senders.get(String(row.message_id)) ?? null;
      const reasons = verdictLeft(row.reasons as { words: string[] }[], erasing, whose(sender));
      return reasons ? { ...row, reasons } : [];
    }),
  };
}
