import { eq, sql } from "drizzle-orm";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import { lockStaged, type StagedPicture } from "~/attachments/staged.server";
import type { Chat } from "~/chats/chat";
import { lockAnyChat, lockChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { type Limited, rateLimit } from "~/http/rate-limits.server";
import type { Host } from "~/integration/host/host";
import { environment } from "~/operations/environment.server";
import { askForRestore } from "~/retention/archive/ask-for-restore.server";
import { type Actor, type AuditEntry, audit } from "../audit/audit.server";
import { mayInCase, sideOf } from "../permissions";
import { chainHead } from "../transcripts/chain-head.server";
import type { DisputeReason, DisputeWish } from "./dispute";
import { lockViewer } from "./lock-case.server";
import { storeDispute } from "./store-dispute.server";
import { tellOfDispute } from "./tell.server";

export type Claim = {
  chatId: string;
  reason: DisputeReason;
  wish: DisputeWish;
  /** For moderators only, as the pictures are. */
  statement: string;
  pictures?: readonly StagedPicture[];
};

export type Opened =
  /** `isNew: false`: there was one already. */
  | { disputeId: string; isNew: boolean }
  | { refused: "openedByOther" | "appealInstead" | "notDisputable" | "pictureGone" }
  /** It is brought back now: a case is about messages that are there. */
  | { refused: "disputeArchived" }
  | ({ refused: "tooManyDisputes" } & Limited);

/**
 * Opens a dispute for the buyer or the seller of a chat. Who asks twice finds the first.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function openDispute(
  db: Db,
  viewer: Viewer,
  { chatId, pictures = [], ...claim }: Claim,
): Promise<Opened | null> {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat) return null;
    const judged = judgeOpening(viewer, chat, new Date());
    if (judged) return judged;
    const openedAs = sideOf(viewer, chat);
    if (!openedAs) return { refused: "notDisputable" };
    if (chat.status === "archived") return bringBack(tx, viewer, chatId);
    const limited = await limitOf(tx).count(viewer.id);
    if (limited) return { refused: "tooManyDisputes", ...limited };
    if (!(await lockStaged(tx, viewer, chatId, pictures))) return { refused: "pictureGone" };

    const opener = { chatId, openedBy: viewer.id, openedAs };
    const disputeId = await storeDispute(tx, { ...claim, ...opener }, pictures);
    await tellOfDispute(tx, chat, { kind: "dispute_opened", by: openedAs }, viewer.id);
    const { reason, wish } = claim;
    const head = await chainHead(tx, chatId);
    const details = { openedAs, reason, wish, pictures: pictures.length, ...head };
    await audit(tx, viewer, { action: "dispute.opened", chatId, disputeId, details });
    return { disputeId, isNew: true };
  });
}

/** What a side's wish to open a dispute comes to, if it is not to be stored. */
export function judgeOpening(viewer: Viewer, chat: Chat, now: Date): Opened | undefined {
  const side = sideOf(viewer, chat);
  if (!side || chat.privateThread) return { refused: "notDisputable" };
  if (mayInCase.open(viewer, chat, now)) return undefined;
  const { dispute } = chat;
  if (dispute?.status === "resolved" || !dispute) return { refused: "appealInstead" };
  if (dispute.openedAs !== side) return { refused: "openedByOther" };
  return { disputeId: dispute.id, isNew: false };
}

/**
 * Opens a case on a chat by hand, and takes it: the one way for a moderator into a chat that nobody
 * complained of. Both sides can read the reason.
 *
 * @returns null when there is no such chat; the case that is there already, where there is one
 */
export async function openCase(
  db: Db,
  viewer: Viewer,
  { chatId, statement, reason = "other" }: Pick<Claim, "chatId" | "statement"> & Partial<Claim>,
): Promise<Opened | null> {
  return db.transaction(async (tx) => {
    const chat = await lockAnyChat(tx, chatId);
    if (!chat) return null;
    const now = await lockViewer(tx, viewer);
    if (!now || !hasRole(now, "moderator")) return null;
    if (chat.status === "archived" && mayInCase.see(now, chat)) return bringBack(tx, now, chatId);
    const opened = await openLockedCase(tx, now, chat, { statement, reason });
    if ("refused" in opened) return opened;
    const { entries, ...done } = opened;
    if (entries.length) await audit(tx, viewer, ...entries);
    return done;
  });
}

/** The same by a moderator who is locked after the chat; the audit entries are its caller's. */
export async function openLockedCase(
  tx: Db,
  moderator: Pick<Viewer, "id" | "role">,
  chat: Chat,
  { statement, reason }: Pick<Claim, "statement" | "reason">,
): Promise<
  { disputeId: string; isNew: boolean; entries: AuditEntry[] } | { refused: "notDisputable" }
> {
  if (!mayInCase.see(moderator, chat) || chat.privateThread) return { refused: "notDisputable" };
  const earlier = underWay(chat);
  if (earlier) return { disputeId: earlier.id, isNew: false, entries: [] };
  const { id: chatId } = chat;
  const openedAs = "moderator" as const;
  const disputeId = await storeDispute(tx, {
    chatId,
    openedBy: moderator.id,
    openedAs,
    reason,
    statement,
  });
  const moment = sql`clock_timestamp()`;
  await tx
    .update(disputes)
    .set({ status: "in_review", firstLookAt: moment, claimedBy: moderator.id, claimedAt: moment })
    .where(eq(disputes.id, disputeId));
  await tellOfDispute(tx, chat, { kind: "dispute_opened", by: openedAs });
  const ofCase = { chatId, disputeId };
  const details = { openedAs, reason, statement, ...(await chainHead(tx, chatId)) };
  const entries: AuditEntry[] = [
    { action: "dispute.opened", ...ofCase, details },
    { action: "dispute.claimed", ...ofCase },
  ];
  return { disputeId, isNew: true, entries };
}

/**
 * Opens a dispute for the host marketplace; who asks twice finds the first. A decision that a side can
 * still appeal is not to be had again by another dispute, which would take the appeal from it.
 *
 * @returns null when there is no such chat, and for a private thread of moderators with one side
 */
export async function openDisputeAsHost(
  db: Db,
  host: Host,
  { chatId, reason, wish, statement }: Omit<Claim, "wish" | "pictures"> & { wish?: DisputeWish },
): Promise<Opened | null> {
  return db.transaction(async (tx) => {
    const chat = await lockAnyChat(tx, chatId);
    if (!chat || chat.privateThread) return null;
    if (chat.status === "archived") return bringBack(tx, host, chatId);
    const earlier = underWay(chat);
    if (earlier) return { disputeId: earlier.id, isNew: false };
    const isAppealable = Date.parse(chat.dispute?.appealUntil ?? "") > Date.now();
    if (isAppealable) return { refused: "appealInstead" };
    const openedAs = "host" as const;
    const disputeId = await storeDispute(tx, { chatId, openedAs, reason, wish, statement });
    await tellOfDispute(tx, chat, { kind: "dispute_opened", by: openedAs });
    const details = { openedAs, reason, wish, ...(await chainHead(tx, chatId)) };
    await audit(tx, host, { action: "dispute.opened", chatId, disputeId, details });
    return { disputeId, isNew: true };
  });
}

async function bringBack(
  tx: Db,
  by: Actor,
  chatId: string,
): Promise<{ refused: "disputeArchived" }> {
  await askForRestore(tx, by, { chatId, reason: "For a dispute" });
  return { refused: "disputeArchived" };
}

function underWay({ dispute }: Chat) {
  return dispute && dispute.status !== "resolved" ? dispute : null;
}

/** In the transaction, so that only a dispute that is really opened counts. */
const limitOf = (tx: Db) =>
  rateLimit(tx, {
    name: "disputes",
    points: environment().limitDisputesPerHour,
    seconds: 3_600,
  });
