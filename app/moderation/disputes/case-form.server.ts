import { eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import type { FormReading } from "~/http/forms.server";
import { readForm } from "~/http/forms.server";
import { environment } from "~/operations/environment.server";
import type { MessageId, Phrase } from "~/ui/i18n";
import { actInCaseChat, type ChatIntent, isOfChat } from "../access/case-chat-acts.server";
import { type CaseForm, caseForm } from "./case-form";
import { claimDispute, handOverDispute, releaseDispute } from "./claim.server";
import { decideDispute } from "./decide.server";
import { addNote } from "./notes.server";

const schema = caseForm(environment().limitMessageCharacters);

export const readCaseForm = (request: Request): Promise<FormReading<CaseForm>> =>
  readForm(request, schema);

const refusals: Record<string, MessageId> = {
  taken: "case.refused.taken",
  notYours: "case.refused.notYours",
  ownDecision: "case.refused.ownDecision",
  notTheirs: "case.refused.notTheirs",
  resolved: "case.refused.resolved",
  notOpen: "case.refused.notOpen",
  notRedactable: "case.refused.notRedactable",
  clientIdReused: "chat.clientId.reused",
};

/**
 * Does what a form of a case's page asks for.
 *
 * @returns null when there is no such case for this viewer
 */
export async function actInCase(
  db: Db,
  viewer: Viewer,
  disputeId: string,
  form: CaseForm,
): Promise<{ done: true } | { refused: Phrase } | null> {
  const result = await (isOfChat(form)
    ? actInItsChat(db, viewer, disputeId, form)
    : actOnCase(db, viewer, disputeId, form));
  if (!result) return null;
  if (!("refused" in result)) return { done: true };
  return { refused: { id: refusals[String(result.refused)] ?? "error.invalid" } };
}

function actOnCase(
  db: Db,
  viewer: Viewer,
  disputeId: string,
  form: Exclude<CaseForm, { intent: ChatIntent }>,
): Promise<object | null> {
  switch (form.intent) {
    case "claim":
      return claimDispute(db, viewer, disputeId);
    case "hand_over":
      return handOverDispute(db, viewer, disputeId, form.to);
    case "release":
      return releaseDispute(db, viewer, disputeId);
    case "note":
      return addNote(db, viewer, disputeId, form.body);
    case "decide":
      return decideDispute(db, viewer, disputeId, form);
  }
}

/** A page of a case that is over may be open still: what it asks for is not for the chat's next case. */
async function actInItsChat(
  db: Db,
  viewer: Viewer,
  disputeId: string,
  form: Extract<CaseForm, { intent: ChatIntent }>,
): Promise<object | null> {
  const [dispute] = await db
    .select({ chatId: disputes.chatId, status: disputes.status })
    .from(disputes)
    .where(eq(disputes.id, disputeId));
  if (!dispute) return null;
  if (dispute.status === "resolved") return { refused: "resolved" };
  return actInCaseChat(db, viewer, dispute.chatId, form);
}
