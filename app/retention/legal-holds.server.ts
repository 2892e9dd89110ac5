import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { lockPeople } from "~/accounts/lock-people.server";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { chatArchives, legalHolds, users } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import { audit } from "~/moderation/audit/audit.server";
import type { LegalHold } from "./hold";
import { takeHolds } from "./holds.server";
import { askForRun } from "./run/retention-job.server";

/** What is to be held: a chat with its private threads, or all chats and the account of a person. */
export type HoldTarget = { chatId: string } | { userId: string };

export type HoldDraft = HoldTarget & {
  /** Made with the form: one that is sent twice is one hold. */
  id: string;
  reason: string;
  /** When it ends by itself; null until it is lifted. */
  endsAt: Date | null;
};

/** `deleting`: the chat is being deleted already, and nothing can hold it any more. */
type Placed = { placed: true } | { refused: "deleting" | "over" };

/**
 * Keeps a chat or a person's chats and account as they are, whatever retention and erasure say.
 *
 * @returns null for who is no admin (any more), and when there is no such chat or person
 */
export async function placeHold(
  db: Db,
  viewer: Viewer,
  { id, reason, endsAt, ...target }: HoldDraft,
): Promise<Placed | null> {
  return db.transaction(async (tx) => {
    const asked = "chatId" in target ? await mainChat(tx, target.chatId) : null;
    if ("chatId" in target && !(asked && (await lockAnyChat(tx, asked)))) return null;
    await takeHolds(tx);
    const userId = "userId" in target ? target.userId : null;
    const people = await lockPeople(tx, [viewer.id, ...(userId ? [userId] : [])]);
    const admin = people.get(viewer.id);
    if (!admin || admin.isLockedOut || !hasRole(admin, "admin")) return null;
    if (userId && !people.has(userId)) return null;
    if (endsAt && endsAt.getTime() <= Date.now()) return { refused: "over" };
    if (asked && (await isBeingDeleted(tx, asked))) return { refused: "deleting" };
    const made = await tx
      .insert(legalHolds)
      .values({
        ...{ id, chatId: asked, userId, reason, endsAt, placedBy: viewer.id },
        placedAt: sql`clock_timestamp()`,
      })
      .onConflictDoNothing({ target: legalHolds.id })
      .returning({ id: legalHolds.id });
    // Sent twice.
    if (made.length === 0) return { placed: true };
    await audit(tx, admin, {
      action: "hold.placed",
      ...(asked && { chatId: asked }),
      ...(userId && { personId: userId }),
      details: { holdId: id, reason, ...(endsAt && { endsAt: endsAt.toISOString() }) },
    });
    return { placed: true };
  });
}

async function mainChat(tx: Db, chatId: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select coalesce(d.chat_id, c.id) as id
    from chats c left join disputes d on d.id = c.dispute_id where c.id = ${chatId}`);
  return row?.id ?? null;
}

async function isBeingDeleted(tx: Db, chatId: string): Promise<boolean> {
  const [row] = await tx
    .select({ state: chatArchives.state })
    .from(chatArchives)
    .where(eq(chatArchives.chatId, chatId));
  return row?.state === "deleting";
}

/** How long after a run that is under way the next one begins that a lifted hold asks for, in ms. */
const soonMs = 120_000;

/**
 * Lifts a hold, and asks for a run, so that what waited for it goes on. Lifting a lifted one changes
 * nothing.
 *
 * @returns null for who is no admin (any more), and when there is no such hold
 */
export async function liftHold(
  db: Db,
  viewer: Viewer,
  { id, reason, about }: { id: string; reason: string; about: HoldTarget },
): Promise<{ lifted: true } | null> {
  return db.transaction(async (tx) => {
    const people = await lockPeople(tx, [viewer.id]);
    const admin = people.get(viewer.id);
    if (!admin || admin.isLockedOut || !hasRole(admin, "admin")) return null;
    const [hold] = await tx.select().from(legalHolds).where(eq(legalHolds.id, id)).for("update");
    const isOfIt =
      "chatId" in about ? hold?.chatId === about.chatId : hold?.userId === about.userId;
    if (!hold || !isOfIt) return null;
    if (hold.liftedAt) return { lifted: true };
    await tx
      .update(legalHolds)
      .set({ liftedBy: viewer.id, liftReason: reason, liftedAt: sql`clock_timestamp()` })
      .where(eq(legalHolds.id, id));
    await askForRunSoon(tx, viewer);
    await audit(tx, admin, {
      action: "hold.lifted",
      ...(hold.chatId && { chatId: hold.chatId }),
      ...(hold.userId && { personId: hold.userId }),
      details: { holdId: id, reason },
    });
    return { lifted: true };
  });
}

/** At once; a run that is under way may be past what this is about, so that another one follows. */
async function askForRunSoon(tx: Db, viewer: Viewer): Promise<void> {
  const asOf = new Date();
  const asked = { trigger: "admin", startedBy: viewer.id, asOf, isDryRun: false } as const;
  const { isNew } = await askForRun(tx, asked);
  if (isNew) return;
  const runAt = new Date(asOf.getTime() + soonMs);
  await addJob(tx, "retention", {}, { key: "retention soon", runAt });
}

const [placer, lifter] = [alias(users, "placer"), alias(users, "lifter")];

/** Those that admins placed on a chat or on a person, the latest first, also those that are over. */
export async function listLegalHolds(db: Db, target: HoldTarget): Promise<LegalHold[]> {
  const rows = await db
    .select({ hold: legalHolds, placedBy: placer.name, liftedBy: lifter.name })
    .from(legalHolds)
    .innerJoin(placer, eq(placer.id, legalHolds.placedBy))
    .leftJoin(lifter, eq(lifter.id, legalHolds.liftedBy))
    .where(
      "chatId" in target
        ? eq(legalHolds.chatId, target.chatId)
        : eq(legalHolds.userId, target.userId),
    )
    .orderBy(desc(legalHolds.placedAt));
  const now = Date.now();
  return rows.map(({ hold: { id, reason, placedAt, endsAt, liftedAt, liftReason }, ...by }) => ({
    id,
    reason,
    placedBy: by.placedBy,
    placedAt: placedAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    lifted: liftedAt && {
      by: by.liftedBy ?? "",
      at: liftedAt.toISOString(),
      reason: liftReason ?? "",
    },
    isInForce: !liftedAt && (!endsAt || endsAt.getTime() > now),
  }));
}
