import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { disputes, users } from "~/db/schema";
import { audit } from "../audit/audit.server";
import { mayInCase } from "../permissions";
import { type LockedCase, lockCase } from "./lock-case.server";
import { tellOfDispute } from "./tell.server";

export type Claimed =
  | { done: true }
  | { refused: "taken" | "notYours" | "ownDecision" | "notTheirs" | "resolved" };

/**
 * Takes a case: it is in review then, and its sides are told. Taking one's own changes nothing.
 *
 * @returns null when there is no such case for this viewer
 */
export function claimDispute(db: Db, viewer: Viewer, disputeId: string): Promise<Claimed | null> {
  return moving(db, viewer, { disputeId }, async (tx, locked) => {
    const { chat, dispute } = locked;
    if (dispute.claimedBy === viewer.id) return { done: true };
    if (dispute.mayNotDecide === viewer.id) return { refused: "ownDecision" };
    if (!mayInCase.claim(viewer, chat, dispute)) return { refused: "taken" };
    await assign(tx, locked, viewer.id);
    await tellOfDispute(tx, chat, { kind: "dispute_in_review" });
    await audit(tx, viewer, { action: "dispute.claimed", chatId: chat.id, disputeId });
    return { done: true };
  });
}

/**
 * Gives a case to another moderator: by who has it, or by an admin.
 *
 * @param to who is to have it
 * @returns null when there is no such case for this viewer
 */
export function handOverDispute(
  db: Db,
  viewer: Viewer,
  disputeId: string,
  to: string,
): Promise<Claimed | null> {
  return moving(db, viewer, { disputeId, to }, async (tx, locked) => {
    const { chat, dispute } = locked;
    if (!mayInCase.handOver(viewer, chat, dispute)) return { refused: "notYours" };
    if (dispute.claimedBy === to) return { done: true };
    const [taker] = await tx.select().from(users).where(eq(users.id, to)).for("share");
    if (!taker || !mayInCase.claim(taker, chat, { ...dispute, status: "open" })) {
      return { refused: "notTheirs" };
    }
    await assign(tx, locked, to);
    await tellOfDispute(tx, chat, null);
    const ofCase = { chatId: chat.id, disputeId, personId: to };
    await audit(tx, viewer, { action: "dispute.handed_over", ...ofCase });
    return { done: true };
  });
}

/**
 * Puts a case back on the pile.
 *
 * @returns null when there is no such case for this viewer
 */
export function releaseDispute(db: Db, viewer: Viewer, disputeId: string): Promise<Claimed | null> {
  return moving(db, viewer, { disputeId }, async (tx, { chat, dispute }) => {
    if (dispute.status === "open") return { done: true };
    if (!mayInCase.handle(viewer, chat, dispute)) return { refused: "notYours" };
    const nobody = { status: "open", claimedBy: null, claimedAt: null } as const;
    await tx.update(disputes).set(nobody).where(eq(disputes.id, disputeId));
    await tellOfDispute(tx, chat, null);
    await audit(tx, viewer, { action: "dispute.released", chatId: chat.id, disputeId });
    return { done: true };
  });
}

/** To whom a case can be handed over, by name. */
export async function listTakers(
  db: Db,
  { chat, dispute }: LockedCase,
): Promise<{ id: string; name: string }[]> {
  const staff = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(
      and(inArray(users.role, ["moderator", "admin"]), ne(users.id, dispute.claimedBy ?? users.id)),
    )
    .orderBy(users.name, users.id);
  return staff
    .filter((one) => mayInCase.claim(one, chat, { ...dispute, status: "open" }))
    .map(({ id, name }) => ({ id, name }));
}

/** Locks a case that is not over, to give it to somebody or back. */
function moving(
  db: Db,
  viewer: Viewer,
  { disputeId, to }: { disputeId: string; to?: string },
  move: (tx: Db, locked: LockedCase) => Promise<Claimed>,
): Promise<Claimed | null> {
  return db.transaction(async (tx) => {
    const locked = await lockCase(tx, viewer, disputeId, to);
    if (!locked) return null;
    return locked.dispute.status === "resolved" ? { refused: "resolved" } : move(tx, locked);
  });
}

async function assign(tx: Db, { dispute }: LockedCase, to: string): Promise<void> {
  const now = sql`clock_timestamp()`;
  await tx
    .update(disputes)
    .set({
      status: "in_review",
      claimedBy: to,
      claimedAt: now,
      ...(!dispute.firstLookAt && { firstLookAt: now }),
    })
    .where(eq(disputes.id, dispute.id));
}
