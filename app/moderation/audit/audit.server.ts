import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { auditLog } from "~/db/schema";
import { type Host, isHost } from "~/integration/host/host";
import { masksOf } from "~/retention/erase/masks";
import { tellCases } from "../disputes/case-news.server";
import type { AuditAction } from "./audit-actions";

/** Who did it: somebody, or the host by a key of its API, or the program itself. */
export type Actor = Pick<Viewer, "id" | "role"> | Host | "system";

export type AuditEntry = {
  action: AuditAction;
  chatId?: string;
  disputeId?: string;
  /** Whom it concerns. */
  personId?: string;
  /** Ids, numbers, words of our own and reasons; no name, no e-mail address, no message. */
  details?: Record<string, unknown>;
};

/**
 * Appends to the audit log, in the transaction of what it tells of: both are committed, or neither.
 * It locks the log until the commit, so it comes last in its transaction, after every other lock.
 * What changes the number of cases that wait is told to moderators' pages with it.
 */
export async function audit(tx: Db, actor: Actor, ...entries: AuditEntry[]): Promise<void> {
  const { by, own } = columnsOf(actor);
  for (const { details = {}, ...entry } of entries) {
    await tx.insert(auditLog).values({
      ...by,
      ...entry,
      details: JSON.stringify({ ...(await withoutNames(tx, entry, details)), ...own }),
      // The trigger of the table writes these over.
      seq: 0,
      at: new Date(0),
      previousHash: "",
      hash: "",
    });
  }
  if (entries.some(({ action }) => casesChange(action))) await tellCases(tx);
}

/**
 * Who did it, as the log has it. The host's key stands in the details, because those are hashed as they
 * are: entries from before there were keys stay whole.
 */
function columnsOf(actor: Actor) {
  if (actor === "system") return { by: { actorRole: actor } };
  if (!isHost(actor)) return { by: { actorId: actor.id, actorRole: actor.role } };
  const key = { id: actor.keyId, name: actor.keyName };
  return { by: { actorRole: "host" as const }, own: { key } };
}

/**
 * What moderators wrote, without the names and addresses of those whom it is about: nobody could ever
 * be erased from the log.
 */
async function withoutNames(
  tx: Db,
  { chatId, personId }: AuditEntry,
  details: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const isWritten = (value: unknown) => typeof value === "string" && /\s/.test(value);
  if (!(chatId || personId) || !Object.values(details).some(isWritten)) return details;
  const people = await tx.execute<{ name: string; email: string | null }>(sql`
    select u.name, u.email from users u where u.id = ${personId ?? null}
      or u.id in (select p.user_id from chat_participants p where p.chat_id = ${chatId ?? null})`);
  const masks = people.map((person) => masksOf(person, "…").staff);
  const masked = (value: unknown) =>
    typeof value === "string" ? masks.reduce((text, mask) => mask(text), value) : value;
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      isWritten(value) ? masked(value) : value,
    ]),
  );
}

/** What moderators see the number of: it changes by nothing that is not in the log. */
function casesChange(action: AuditAction): boolean {
  return /^(dispute\.(?!viewed|noted)|flag\.(?!viewed)|sanction\.appeal)/.test(action);
}
