import { eq, sql } from "drizzle-orm";
import { type LockedPerson, lockPeople } from "~/accounts/lock-people.server";
import { hasRole } from "~/accounts/roles";
import { endSessionsOf } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { sanctions } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { tellOfSanction } from "~/notifications/tell-of-sanction.server";
import { type AuditEntry, audit } from "../audit/audit.server";
import { tellCases } from "../disputes/case-news.server";
import { may } from "../permissions";
import type { Sanction, SanctionKind } from "./sanction";
import { findSanction } from "./sanction-history.server";

export type SanctionDraft = {
  /** Made with the form: one that is sent twice is one sanction. */
  id: string;
  userId: string;
  kind: SanctionKind;
  /** Shown to the person. */
  reason: string;
  /** How long a suspension lasts; nothing else has an end. */
  days?: number;
  /** The case that it comes from, in which the person is a side. */
  disputeId?: string;
};

/** What a flag came to. */
type FromFlag = { flagId?: string };

/** `notAllowed`: it is himself, or somebody of a higher role. */
type Refused = { refused: "notAllowed" };
type Made = { sanction: Sanction; repeated: boolean };
type Imposed = Made | Refused;

/**
 * Imposes a sanction. A suspension and a ban end all of the person's sessions and their streams with
 * the commit; from then on `findViewer` finds him signed in nowhere, on any instance.
 *
 * That the last admin stays needs no look: whoever sanctions an admin is another one, and still is
 * when both are locked.
 *
 * @returns null for who is no moderator (any more), and when there is no such person or case
 */
export async function imposeSanction(
  db: Db,
  viewer: Viewer,
  draft: SanctionDraft,
): Promise<Imposed | null> {
  const { userId, disputeId } = draft;
  return db.transaction(async (tx) => {
    const chatId = disputeId && (await lockCaseOf(tx, disputeId, userId));
    if (disputeId && !chatId) return null;
    const pair = await lockPair(tx, viewer, userId);
    if (!pair) return null;
    const imposed = await impose(tx, pair, draft);
    if (!imposed || "refused" in imposed) return imposed;
    const { entries, ...done } = imposed;
    if (!done.repeated) await tellOfSanction(tx, done.sanction, "imposed");
    const ofCase = { chatId: chatId || undefined, disputeId };
    await audit(tx, pair.moderator, ...entries.map((entry) => ({ ...entry, ...ofCase })));
    return done;
  });
}

/**
 * The same by a moderator who is locked with the person; the audit entry is its caller's.
 *
 * @returns null when another's sanction has this id
 */
export async function impose(
  tx: Db,
  { moderator, person }: Pair,
  { id, userId, kind, reason, days, disputeId, flagId }: SanctionDraft & FromFlag,
): Promise<(Made & { entries: AuditEntry[] }) | Refused | null> {
  if ((kind === "suspension") !== (days !== undefined)) throw new Error("Only a suspension ends");
  if (!may.sanction(moderator, person)) return { refused: "notAllowed" };
  const [made] = await tx
    .insert(sanctions)
    .values({
      id,
      userId,
      kind,
      reason,
      disputeId,
      flagId,
      imposedBy: moderator.id,
      createdAt: sql`clock_timestamp()`,
      endsAt: days ? sql`clock_timestamp() + ${days} * interval '1 day'` : null,
    })
    .onConflictDoNothing({ target: sanctions.id })
    .returning({ id: sanctions.id });
  const sanction = await findSanction(tx, id);
  if (!sanction) throw new Error("A sanction was not stored");
  // What has this id is another's, or the same that came twice.
  if (!made) return sanction.userId === userId ? { sanction, repeated: true, entries: [] } : null;
  if (kind === "warning") await notify(tx, [{ kind: "person-changed", userId }]);
  else await endSessionsOf(tx, userId);
  const { endsAt } = sanction;
  const details = { sanctionId: id, kind, reason, ...(endsAt && { endsAt }) };
  const entry = { action: "sanction.imposed" as const, personId: userId, details };
  return { sanction, repeated: false, entries: [entry] };
}

/**
 * Ends a sanction before its time. Lifting a lifted one changes nothing.
 *
 * @returns null for who is no moderator (any more), and when there is no such sanction
 */
export async function liftSanction(
  db: Db,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<{ sanction: Sanction } | { refused: "notAllowed" } | null> {
  return db.transaction(async (tx) => {
    const locked = await lockSanction(tx, viewer, id);
    if (!locked) return null;
    const { sanction, moderator, person } = locked;
    if (!may.sanction(moderator, person)) return { refused: "notAllowed" };
    if (sanction.lifted) return { sanction };
    await lift(tx, sanction, viewer.id, reason);
    await tellOfSanction(tx, sanction, "lifted");
    await audit(tx, moderator, {
      action: "sanction.lifted",
      personId: person.id,
      disputeId: sanction.disputeId ?? undefined,
      details: { sanctionId: id, kind: sanction.kind, reason },
    });
    return { sanction: (await findSanction(tx, id)) ?? sanction };
  });
}

/** Of a locked sanction; its audit entry is its caller's. */
export async function lift(tx: Db, { id, userId }: Sanction, liftedBy: string, liftReason: string) {
  await tx
    .update(sanctions)
    .set({
      liftedBy,
      liftReason,
      liftedAt: sql`clock_timestamp()`,
      liftedXid: sql`pg_current_xact_id()`,
    })
    .where(eq(sanctions.id, id));
  await notify(tx, [{ kind: "person-changed", userId }]);
  // An appeal that waited has nothing left to decide.
  await tellCases(tx);
}

/** People first, as everywhere, and the sanction of theirs after them. */
export async function lockSanction(tx: Db, viewer: Viewer, id: string) {
  const known = await findSanction(tx, id);
  const pair = known && (await lockPair(tx, viewer, known.userId));
  if (!pair) return null;
  await tx.execute(sql`select from ${sanctions} where ${sanctions.id} = ${id} for update`);
  const sanction = await findSanction(tx, id);
  return sanction && { ...pair, sanction };
}

type Pair = { moderator: LockedPerson; person: LockedPerson };

/** @returns null unless the viewer still is a moderator, who is neither suspended nor banned */
async function lockPair(tx: Db, viewer: Viewer, userId: string): Promise<Pair | null> {
  const people = await lockPeople(tx, [viewer.id, userId]);
  const [moderator, person] = [people.get(viewer.id), people.get(userId)];
  if (!moderator || !person || moderator.isLockedOut) return null;
  return hasRole(moderator, "moderator") ? { moderator, person } : null;
}

/** @returns the chat of a case in which somebody is a side, which then stays there */
async function lockCaseOf(tx: Db, disputeId: string, userId: string): Promise<string | null> {
  const [found] = await tx.execute<{ chat_id: string }>(sql`
    select d.chat_id from disputes d
    where d.id = ${disputeId} and exists (
      select from chat_participants p where p.chat_id = d.chat_id and p.user_id = ${userId}
        and p.role <> 'moderator')
    for key share of d`);
  return found?.chat_id ?? null;
}
