import { and, eq, isNull, sql } from "drizzle-orm";
import { followSubject } from "~/chats/follow-subject.server";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { subjects, users } from "~/db/schema";
import { type AuditEntry, audit } from "~/moderation/audit/audit.server";
import { environment } from "~/operations/environment.server";
import { isPictureAddress } from "~/subjects/picture-address";
import { findSubject } from "./find-subject.server";
import type { Host } from "./host";
import type { HostSubject, SubjectInput } from "./subject";

/** `sellerUnknown`: nobody came from the host under that name, or he is staff here. */
export type SubjectRefusal =
  | "sellerMissing"
  | "sellerUnknown"
  /** Chats have the seller among their participants. */
  | "sellerCannotChange"
  | "pictureNotAllowed";

export type SavedSubject = { subject: HostSubject; created: boolean } | { refused: SubjectRefusal };

type Row = typeof subjects.$inferSelect;

/** What chats and lists show of a subject. */
const shown = ["title", "priceAmount", "priceCurrency", "picture"] as const;

/**
 * Makes a listing or order, or changes what is known of it, with all of its chats: from the commit on
 * they show it as it is now, each has its message of a new stage, and messages are judged by that one.
 * Saying the same again writes nothing.
 */
export function saveSubject(
  db: Db,
  host: Host,
  reference: string,
  input: SubjectInput,
  provided?: Provided,
): Promise<SavedSubject> {
  return db.transaction(async (tx) => {
    const { subjectPictureOrigins } = environment();
    if (input.picture && !isPictureAddress(input.picture, subjectPictureOrigins)) {
      return { refused: "pictureNotAllowed" };
    }
    const made = await make(tx, host, reference, input);
    if (made !== "exists") return made;
    const [was] = await tx
      .select()
      .from(subjects)
      .where(eq(subjects.reference, reference))
      .for("no key update");
    if (!was) throw new Error("Nothing deletes subjects");
    await provided?.(tx);
    if (await isOtherSeller(tx, was, input)) return { refused: "sellerCannotChange" };
    await change(tx, host, was, input);
    return saved(tx, host, reference, false);
  });
}

async function make(
  tx: Db,
  host: Host,
  reference: string,
  input: SubjectInput,
): Promise<SavedSubject | "exists"> {
  const [known] = await tx
    .select({ id: subjects.id })
    .from(subjects)
    .where(eq(subjects.reference, reference));
  if (known) return "exists";
  if (!input.sellerId && !input.sellerExternalId) return { refused: "sellerMissing" };
  const sellerId = await lockSeller(tx, input);
  if (!sellerId) return { refused: "sellerUnknown" };
  const [made] = await tx
    .insert(subjects)
    .values({ ...fieldsOf(input), ...needed(input), reference, sellerId, isListed: false })
    .onConflictDoNothing({ target: subjects.reference })
    .returning({ id: subjects.id });
  if (!made) return "exists";
  await audit(tx, host, {
    action: "subject.created",
    personId: sellerId,
    details: { subjectId: made.id },
  });
  return saved(tx, host, reference, true);
}

async function change(tx: Db, host: Host, was: Row, input: SubjectInput): Promise<void> {
  const said = Object.entries(fieldsOf(input)) as [keyof Row, unknown][];
  const changed = said.filter(([name, value]) => value !== undefined && value !== was[name]);
  if (!changed.length) return;
  const names = changed.map(([name]) => name);
  const now: Partial<Row> = Object.fromEntries(changed);
  await tx.update(subjects).set(now).where(eq(subjects.id, was.id));
  const { stage } = now;
  const event = stage ? { kind: "stage_changed" as const, from: was.stage, to: stage } : null;
  const isShown = stage || shown.some((name) => names.includes(name));
  const chats = isShown ? await followSubject(tx, was.id, event) : 0;
  const of = { personId: was.sellerId };
  const entries: AuditEntry[] = [];
  const fields = names.filter((name) => name !== "stage").sort();
  if (fields.length) {
    const details = { subjectId: was.id, fields: fields.join(",") };
    entries.push({ ...of, action: "subject.changed", details });
  }
  if (event) {
    const details = { subjectId: was.id, from: event.from, to: event.to, chats };
    entries.push({ ...of, action: "subject.stage_changed", details });
  }
  await audit(tx, host, ...entries);
}

async function saved(
  tx: Db,
  host: Host,
  reference: string,
  created: boolean,
): Promise<SavedSubject> {
  const subject = await findSubject(tx, host, reference);
  if (!subject) throw new Error("The subject that was saved is gone");
  return { subject, created };
}

const needed = ({ title, price }: SubjectInput) => ({
  ...{ title, priceAmount: price.amount, priceCurrency: price.currency },
});

const fieldsOf = ({ description, picture, stage, ...input }: SubjectInput) => ({
  ...needed({ ...input }),
  ...{ description, picture, stage },
});

/** Not erased before the commit. @returns null when the host has no such person */
async function lockSeller(tx: Db, input: SubjectInput): Promise<string | null> {
  const [seller] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(which(input), isHosts, isNull(users.erasedAt)))
    .for("share");
  return seller?.id ?? null;
}

const isHosts = sql`${users.externalId} is not null and ${users.role} = 'user'`;

/** Who is named in both ways is one person, or nobody. */
const which = ({ sellerId, sellerExternalId }: SubjectInput) =>
  and(
    sellerId ? eq(users.id, sellerId) : undefined,
    sellerExternalId ? eq(users.externalId, sellerExternalId) : undefined,
  );

/** Whom it does not name it does not mean to change: he may be erased by now. */
async function isOtherSeller(tx: Db, was: Row, input: SubjectInput): Promise<boolean> {
  if (!input.sellerId && !input.sellerExternalId) return false;
  const [named] = await tx.select({ id: users.id }).from(users).where(which(input));
  return named?.id !== was.sellerId;
}
