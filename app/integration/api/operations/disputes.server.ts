import { eq } from "drizzle-orm";
import { z } from "zod";
import { asAct } from "~/chats/act.server";
import { findAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { caseDecision } from "~/moderation/disputes/case-form";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { disputeForms } from "~/moderation/disputes/dispute-form";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { doneOf } from "../from-act.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { disputeShape } from "../shapes";
import { chatParams, idParam } from "./fields.server";

const tag = "Disputes" as const;

const { reason, wish, statement } = disputeForms[0].shape;

const opening = z.strictObject({
  reason: reason.meta({ description: "What went wrong", example: "not_received" }),
  wish: wish
    .optional()
    .meta({ description: "What the opener wants; a side has to say it", example: "refund" }),
  statement: statement.meta({
    description: "What happened. Of a side for moderators only, of the host for both sides",
    example: "The parcel did not arrive within three weeks.",
  }),
});

const open = operation({
  id: "openDispute",
  method: "POST",
  path: "/chats/{id}/disputes",
  tag,
  summary: "Open a dispute on a chat",
  description: "While one is open a chat has no second: who asks twice finds the first.",
  params: chatParams,
  body: opening,
  answers: {
    201: { description: "It is open", body: disputeShape },
    200: { description: "It had been opened before", body: disputeShape },
  },
  refusals: [409],
  user: {
    async handle({ db, viewer, params, body, request }) {
      const { wish, ...claim } = body;
      if (!wish) {
        throw new Problem("invalid", { errors: [{ path: "/wish", message: "Say what you want" }] });
      }
      const opened = await openDispute(db, viewer, { ...claim, wish, chatId: params.id });
      if (!opened) return null;
      if ("refused" in opened) return doneOf(request, asAct(opened)) && null;
      return openedReply(db, params.id, opened);
    },
  },
});

async function openedReply(db: Db, chatId: string, { isNew }: { isNew: boolean }) {
  const chat = await findAnyChat(db, chatId);
  return chat && { status: isNew ? 201 : 200, body: chat.dispute };
}

const resolve = operation({
  id: "resolveDispute",
  method: "PATCH",
  path: "/disputes/{id}",
  tag,
  summary: "Resolve a dispute",
  description:
    "Both sides are told, and can appeal once. Of users: the moderator who has the case.",
  params: z.object({ id: idParam.meta({ description: "The dispute's id" }) }),
  body: z.strictObject({
    outcome: caseDecision.shape.outcome.meta({
      description: "For whom it is decided; `closed`: for nobody",
      example: "buyer",
    }),
    text: caseDecision.shape.text.meta({
      description: "What both sides are told",
      example: "The parcel was lost: the buyer gets the money back.",
    }),
  }),
  answers: { 200: { description: "The dispute as it is now", body: disputeShape } },
  refusals: [409],
  user: {
    async handle({ db, viewer, params, body }) {
      const decided = await decideDispute(db, viewer, params.id, body);
      return decided && decidedReply(db, params.id, decided);
    },
  },
});

/** @throws Problem where it was not decided */
async function decidedReply(db: Db, id: string, decided: { done: true } | { refused: string }) {
  if ("refused" in decided) throw new Problem("conflict", { reason: decided.refused });
  const [row] = await db.select().from(disputes).where(eq(disputes.id, id));
  const chat = row && (await findAnyChat(db, row.chatId));
  return chat ? { body: chat.dispute } : null;
}

export const disputeOperations: Operation[] = [open, resolve];
