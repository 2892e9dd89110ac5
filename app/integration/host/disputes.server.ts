import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { messageBody } from "~/chats/message-body";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { disputeReasons, disputes, disputeWishes } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import type { Decision } from "~/moderation/disputes/decide.server";
import { type Dispute, type DisputeRow, toDispute } from "~/moderation/disputes/dispute";
import { disputeColumns } from "~/moderation/disputes/dispute-columns.server";
import { maxStatement } from "~/moderation/disputes/dispute-form";
import { lockAnyCase } from "~/moderation/disputes/lock-case.server";
import { resolveCase } from "~/moderation/disputes/resolve.server";
import { chainHead } from "~/moderation/transcripts/chain-head.server";
import type { Host } from "./host";

/** With what the host opens a dispute (`openDisputeAsHost`). */
export const hostDispute = z.object({
  reason: z.enum(disputeReasons).meta({
    description: "What it is about.",
    example: "payment",
  }),
  wish: z.enum(disputeWishes).optional().meta({
    description: "What is asked for.",
    example: "refund",
  }),
  statement: messageBody(maxStatement).meta({
    description: "In your words. Both sides of the chat read it.",
    example: "The buyer’s bank took the payment back.",
  }),
});

/** What the host decides. */
export const hostDecision = z.object({
  outcome: z.enum(["buyer", "seller", "both", "closed"]).meta({
    description: "For whom it is decided; `closed`: for nobody.",
    example: "buyer",
  }),
  text: messageBody(maxStatement).meta({
    description: "What both sides are told.",
    example: "The money goes back to the buyer.",
  }),
});

/** A dispute as both sides of its chat see it: what a side wrote to moderators is for them alone. */
export type HostDispute = Dispute & { chatId: string };

export type HostDecided =
  | { done: true }
  | {
      /**
       * `taken`: a moderator has it. `ownDecision`: it appeals what the host decided itself, so a
       * moderator decides it.
       */
      refused: "resolved" | "taken" | "ownDecision";
    };

/** @returns null when there is no such dispute */
export async function findHostDispute(
  db: Db,
  _host: Host,
  disputeId: string,
): Promise<HostDispute | null> {
  const [found] = await db.execute<{ chat_id: string; row: DisputeRow }>(sql`
    select d.chat_id, ${disputeColumns} as row from disputes d where d.id = ${disputeId}`);
  return found ? { ...toDispute(found.row), chatId: found.chat_id } : null;
}

/**
 * Decides a dispute that no moderator has taken, whoever opened it. Both sides are told and can appeal,
 * as any decision; the appeal is a moderator's then. The same decision twice is one.
 *
 * @returns null when there is no such dispute
 */
export async function resolveDisputeAsHost(
  db: Db,
  host: Host,
  disputeId: string,
  { outcome, text }: Decision,
  provided?: Provided,
): Promise<HostDecided | null> {
  return db.transaction(async (tx) => {
    const locked = await lockAnyCase(tx, disputeId);
    if (!locked) return null;
    await provided?.(tx);
    const { chat, dispute } = locked;
    if (dispute.status === "resolved") {
      const isSame = dispute.decidedByKey !== null && dispute.outcome === outcome;
      return isSame ? { done: true } : { refused: "resolved" };
    }
    if (dispute.status === "in_review") return { refused: "taken" };
    if (await isHostsOwn(tx, dispute.appealOf)) return { refused: "ownDecision" };
    const decided = { outcome, decision: text, decidedBy: null, decidedByKey: host.keyId };
    const ended = await resolveCase(tx, locked, decided);
    const details = { outcome, ...(await chainHead(tx, chat.id)) };
    const ofCase = { chatId: chat.id, disputeId, details };
    await audit(tx, host, { action: "dispute.decided", ...ofCase }, ...ended);
    return { done: true };
  });
}

/** Whether the host, by whichever key, decided what an appeal is about. */
async function isHostsOwn(tx: Db, appealOf: string | null): Promise<boolean> {
  if (!appealOf) return false;
  const [appealed] = await tx
    .select({ decidedByKey: disputes.decidedByKey })
    .from(disputes)
    .where(eq(disputes.id, appealOf));
  return Boolean(appealed?.decidedByKey);
}
