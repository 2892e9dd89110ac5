import type { Viewer } from "~/accounts/viewer";
import type { DecidedFor } from "~/chats/system-event";
import type { Db } from "~/db/client.server";
import { audit } from "../audit/audit.server";
import { mayInCase } from "../permissions";
import { chainHead } from "../transcripts/chain-head.server";
import { lockCase } from "./lock-case.server";
import { resolveCase } from "./resolve.server";

/** `closed`: without deciding for anybody, such as a dispute about nothing. */
export type Decision = { outcome: DecidedFor | "closed"; text: string };
export type Decided = { done: true } | { refused: "resolved" | "notYours" };

/**
 * Decides a case, or closes it without a decision, with what both sides are told. Only who has the
 * case can; the same decision twice is one.
 *
 * @returns null when there is no such case for this viewer
 */
export async function decideDispute(
  db: Db,
  viewer: Viewer,
  disputeId: string,
  { outcome, text }: Decision,
): Promise<Decided | null> {
  return db.transaction(async (tx) => {
    const locked = await lockCase(tx, viewer, disputeId);
    if (!locked) return null;
    const { chat, dispute } = locked;
    if (dispute.status === "resolved") {
      const isSame = dispute.decidedBy === viewer.id && dispute.outcome === outcome;
      return isSame ? { done: true } : { refused: "resolved" };
    }
    if (!mayInCase.handle(viewer, chat, dispute)) return { refused: "notYours" };
    const ended = await resolveCase(tx, locked, { outcome, decision: text, decidedBy: viewer.id });
    const details = { outcome, ...(await chainHead(tx, chat.id)) };
    const ofCase = { chatId: chat.id, disputeId, details };
    await audit(tx, viewer, { action: "dispute.decided", ...ofCase }, ...ended);
    return { done: true };
  });
}
