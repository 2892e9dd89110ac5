import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { FormReading } from "~/http/forms.server";
import { readForm } from "~/http/forms.server";
import type { MessageId, Phrase } from "~/ui/i18n";
import { type CaseForm, caseForm } from "./case-form";
import { claimDispute, handOverDispute, releaseDispute } from "./claim.server";
import { decideDispute } from "./decide.server";
import { addNote } from "./notes.server";

export const readCaseForm = (request: Request): Promise<FormReading<CaseForm>> =>
  readForm(request, caseForm);

const refusals: Record<string, MessageId> = {
  taken: "case.refused.taken",
  notYours: "case.refused.notYours",
  ownDecision: "case.refused.ownDecision",
  notTheirs: "case.refused.notTheirs",
  resolved: "case.refused.resolved",
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
  const result = await run(db, viewer, disputeId, form);
  if (!result) return null;
  if (!("refused" in result)) return { done: true };
  return { refused: { id: refusals[result.refused] ?? "error.invalid" } };
}

function run(
  db: Db,
  viewer: Viewer,
  disputeId: string,
  form: CaseForm,
): Promise<{ refused: string } | object | null> {
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
