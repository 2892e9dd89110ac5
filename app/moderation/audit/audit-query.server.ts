import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { Phrase } from "~/ui/i18n";
import { type AuditSort, auditSorts } from "./audit-entry";
import type { AuditFilter } from "./audit-filter.server";

const fields = ["person", "chat", "dispute", "action", "from", "to"] as const;
export type AuditField = (typeof fields)[number];

/** What an address asks of the audit log. */
export type AuditQuery = {
  /** As it was typed. */
  typed: Partial<Record<AuditField, string>>;
  sort: AuditSort;
  after?: number;
  /** Null when something was typed that fits nothing: `errors` say what. */
  filter: AuditFilter | null;
  errors: Partial<Record<AuditField, Phrase>>;
};

/** More than any address, id or day has. */
const maxLength = 320;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the filter of the audit log from an address; a person may be named by e-mail address. */
export async function readAuditQuery(db: Db, search: URLSearchParams): Promise<AuditQuery> {
  const typed: AuditQuery["typed"] = {};
  for (const field of fields) {
    const value = (search.get(field) ?? "").slice(0, maxLength).replaceAll("\0", "").trim();
    if (value) typed[field] = value.toWellFormed();
  }
  const errors: AuditQuery["errors"] = {};
  for (const field of ["chat", "dispute"] as const) {
    if (typed[field] && !uuid.test(typed[field])) errors[field] = { id: "audit.problem.id" };
  }
  for (const field of ["from", "to"] as const) {
    if (typed[field] && !isDay(typed[field])) errors[field] = { id: "audit.problem.date" };
  }
  const personId = typed.person && (await findPersonId(db, typed.person));
  if (typed.person && !personId) errors.person = { id: "audit.problem.person" };
  const { chat: chatId, dispute: disputeId, action, from, to } = typed;
  const after = Number(search.get("after") ?? Number.NaN);
  const isFine = Object.keys(errors).length === 0;
  return {
    typed,
    errors,
    sort: auditSorts.find((one) => one === search.get("sort")) ?? "newest",
    after: Number.isSafeInteger(after) ? after : undefined,
    filter: isFine
      ? defined({ personId: personId ?? undefined, chatId, disputeId, action, from, to })
      : null,
  };
}

/** A calendar day from the years that PostgreSQL and people write with four digits. */
function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** Somebody who was erased is in the log all the same. */
async function findPersonId(db: Db, typed: string): Promise<string | null> {
  if (uuid.test(typed)) return typed.toLowerCase();
  const [found] = await db.execute<{ id: string }>(
    sql`select id from users where email = ${typed.toLowerCase()}`,
  );
  return found?.id ?? null;
}

function defined(filter: AuditFilter): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
