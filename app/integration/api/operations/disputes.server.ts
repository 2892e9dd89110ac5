import { eq } from "drizzle-orm";
import { z } from "zod";
import { asAct } from "~/chats/act.server";
import { findAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import {
  findHostDispute,
  hostDecision,
  hostDispute,
  resolveDisputeAsHost,
} from "~/integration/host/disputes.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { openDispute, openDisputeAsHost } from "~/moderation/disputes/open-dispute.server";
import { doneOf } from "../from-act.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { disputeShape, idField } from "../shapes";
import { chatParams, idParam } from "./fields.server";

const tag = "Disputes" as const;

const caseShape = disputeShape
  .extend({ chatId: idField })
  .meta({ id: "DisputeOfChat", description: "A dispute as both sides of its chat see it" });
const disputeParams = z.object({ id: idParam.meta({ description: "The dispute's id" }) });

const open = operation({
  id: "openDispute",
  method: "POST",
  path: "/chats/{id}/disputes",
  tag,
  summary: "Open a dispute on a chat",
  description:
    "While one is open a chat has no second: who asks twice finds the first. A side has to say a wish, and its statement is for moderators only.",
  params: chatParams,
  body: hostDispute.strict(),
  answers: {
    201: { description: "It is open", body: caseShape },
    200: { description: "It had been opened before", body: caseShape },
  },
  refusals: [409],
  host: {
    scope: "disputes:write",
    async handle({ db, host, params, body, request }) {
      const opened = await openDisputeAsHost(db, host, { ...body, chatId: params.id });
      if (!opened) return null;
      if ("refused" in opened) return doneOf(request, asAct(opened)) && null;
      const dispute = await findHostDispute(db, host, opened.disputeId);
      return dispute && { status: opened.isNew ? 201 : 200, body: dispute };
    },
  },
  user: {
    async handle({ db, viewer, params, body, request }) {
      const { wish, ...claim } = body;
      if (!wish) {
        throw new Problem("invalid", { errors: [{ path: "/wish", message: "Say what you want" }] });
      }
      const opened = await openDispute(db, viewer, { ...claim, wish, chatId: params.id });
      if (!opened) return null;
      if ("refused" in opened) return doneOf(request, asAct(opened)) && null;
      return disputeReply(db, params.id, opened.isNew ? 201 : 200);
    },
  },
});

const get = operation({
  id: "getDispute",
  method: "GET",
  path: "/disputes/{id}",
  tag,
  summary: "See a dispute",
  description: "A user sees it with its chat.",
  params: disputeParams,
  answers: { 200: { description: "The dispute", body: caseShape } },
  host: {
    scope: "chats:read",
    async handle({ db, host, params }) {
      const dispute = await findHostDispute(db, host, params.id);
      return dispute && { body: dispute };
    },
  },
});

async function disputeReply(db: Db, chatId: string, status = 200) {
  const chat = await findAnyChat(db, chatId);
  return chat?.dispute ? { status, body: { ...chat.dispute, chatId } } : null;
}

const resolve = operation({
  id: "resolveDispute",
  method: "PATCH",
  path: "/disputes/{id}",
  tag,
  summary: "Resolve a dispute",
  description:
    "Both sides are told, and can appeal once. A host decides what no moderator has taken; of users the moderator who has the case.",
  params: disputeParams,
  body: hostDecision.strict(),
  answers: { 200: { description: "The dispute as it is now", body: caseShape } },
  refusals: [409],
  host: {
    scope: "disputes:write",
    async handle({ db, host, params, body, provided }) {
      const decided = await resolveDisputeAsHost(db, host, params.id, body, provided);
      if (!decided) return null;
      if ("refused" in decided) throw new Problem("conflict", { reason: decided.refused });
      const dispute = await findHostDispute(db, host, params.id);
      return dispute && { body: dispute };
    },
  },
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
  return row ? disputeReply(db, row.chatId) : null;
}

export const disputeOperations: Operation[] = [open, get, resolve];
