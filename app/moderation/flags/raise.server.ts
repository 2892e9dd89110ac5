import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { audit } from "../audit/audit.server";
import { tellCases } from "../disputes/case-news.server";
import type { FlagSource } from "./flag";

/** What is queued for review: a message, or without one a person. */
export type FlagDraft = {
  chatId: string;
  messageId?: string;
  /** The message's place; of a person the last place of the chat. */
  seq: number;
  /** Who wrote it, or who was reported. */
  personId: string;
  source: Extract<FlagSource, "filter" | "report">;
  /** From 0 to 100 (`severityOfFindings`, `severityOfReport`). */
  severity: number;
};

/**
 * Queues something for review, or joins the flag of the same message or person that nobody decided
 * yet, which counts as bad as the worst of it. What filters raise stands in the audit log as the
 * program's own act; who reports writes his entry himself (`flag.reported`), after this.
 *
 * Two at once raise one flag. It locks the flag, and with `filter` the audit log, until the commit:
 * call it after every lock of a chat, and before those of people.
 *
 * @returns the flag's id
 */
export async function raiseFlag(tx: Db, draft: FlagDraft): Promise<string> {
  const [id] = await raiseFlags(tx, [draft]);
  if (!id) throw new Error("A flag was not raised");
  return id;
}

/**
 * The same for several, so that two who raise the same ones wait for each other in one order.
 *
 * @returns their ids, in the order of `drafts`
 */
export async function raiseFlags(tx: Db, drafts: readonly FlagDraft[]): Promise<string[]> {
  const raised = new Map<FlagDraft, Raised>();
  const key = ({ chatId, messageId, personId }: FlagDraft) => messageId ?? `${chatId} ${personId}`;
  const inOrder = [...drafts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  for (const draft of inOrder) raised.set(draft, await raise(tx, draft));
  await audit(
    tx,
    "system",
    ...drafts.flatMap((draft) => {
      const { id: flagId, is_new: isNew } = raised.get(draft) ?? { id: "", is_new: false };
      const { chatId, personId, source, seq, severity } = draft;
      const details = { flagId, seq, severity, isNew };
      const entry = { action: "flag.raised" as const, chatId, personId, details };
      return source === "filter" ? [entry] : [];
    }),
  );
  if (drafts.length) await tellCases(tx);
  return drafts.map((draft) => raised.get(draft)?.id ?? "");
}

type Raised = { id: string; is_new: boolean };

async function raise(tx: Db, draft: FlagDraft): Promise<Raised> {
  const { chatId, messageId = null, personId, seq, source, severity } = draft;
  const [raised] = await tx.execute<Raised>(sql`
    insert into flags as f (id, chat_id, message_id, person_id, seq, source, severity, opened_at)
    values (${newRowId()}, ${chatId}, ${messageId}, ${personId}, ${seq}, ${source}, ${severity},
      clock_timestamp())
    on conflict ${messageId ? ofMessage : ofPerson}
      do update set severity = greatest(f.severity, excluded.severity)
    returning id, xmax = 0 as is_new`);
  if (!raised) throw new Error("A flag was not raised");
  return raised;
}

/** As the index of flags that are not resolved says it: an appeal is joined by nothing. */
const isGathering: SQL = sql`status <> 'resolved' and source <> 'appeal'`;
const ofMessage = sql`(message_id) where ${isGathering} and message_id is not null`;
const ofPerson = sql`(chat_id, person_id) where ${isGathering} and message_id is null`;
