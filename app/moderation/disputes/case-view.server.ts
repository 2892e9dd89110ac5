import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { findBlock } from "~/safety/blocks/list-blocked.server";
import { stepsOfCase } from "../audit/steps.server";
import { sanctionHistory } from "../people/sanction-history.server";
import { mayInCase } from "../permissions";
import type { CaseView, Side } from "./case-view";
import { type CaseFile, readCase } from "./read-case.server";
import { fillTemplate } from "./template";
import { listTemplates } from "./templates.server";

/**
 * A case as its page shows it, without the chat, which is read apart. The look is in the audit log.
 *
 * @returns null when there is no such case for this viewer
 */
export async function readCaseView(
  db: Db,
  viewer: Viewer,
  disputeId: string,
): Promise<CaseView | null> {
  const file = await readCase(db, viewer, disputeId);
  if (!file) return null;
  const [buyer, seller, templates, steps] = await Promise.all([
    readSide(db, file, "buyer"),
    readSide(db, file, "seller"),
    listTemplates(db),
    stepsOfCase(db, disputeId),
  ]);
  const { chat, dispute, names, evidence, takers, related } = file;
  const nameOf = (id: string | null) => (id ? (names[id] ?? null) : null);
  const meant = { buyer: buyer.name, seller: seller.name, subject: chat.subject.title };
  return {
    chat: { id: chat.id, status: chat.status, subject: chat.subject },
    dispute: {
      ...dispute,
      openedAt: dispute.openedAt.toISOString(),
      resolvedAt: dispute.resolvedAt?.toISOString() ?? null,
      isAppeal: dispute.appealOf !== null,
    },
    due: nextDue(file),
    opener: nameOf(dispute.openedBy),
    claimer: dispute.claimedBy
      ? { name: nameOf(dispute.claimedBy) ?? "", isViewer: dispute.claimedBy === viewer.id }
      : null,
    decider: nameOf(dispute.decidedBy),
    isDecidedByHost: dispute.decidedByKey !== null,
    isOwnDecision: dispute.mayNotDecide === viewer.id,
    sides: [buyer, seller],
    evidence,
    notes: file.notes.map((note) => ({ ...note, createdAt: note.createdAt.toISOString() })),
    takers,
    related,
    templates: templates.map((one) => ({ ...one, body: fillTemplate(one.body, meant) })),
    steps,
    allowed: {
      claim: mayInCase.claim(viewer, chat, dispute),
      handle: mayInCase.handle(viewer, chat, dispute),
      handOver: mayInCase.handOver(viewer, chat, dispute),
    },
  };
}

/** As the desk sorts by it: the first look until somebody looked, the decision from then on. */
function nextDue({ dispute }: CaseFile): CaseView["due"] {
  const { status, firstLookAt, firstLookDue, decisionDue } = dispute;
  if (status === "resolved") return null;
  const isFirstLook = !firstLookAt && firstLookDue < decisionDue;
  return isFirstLook
    ? { what: "first_look", at: firstLookDue.toISOString() }
    : { what: "decision", at: decisionDue.toISOString() };
}

async function readSide(db: Db, { chat }: CaseFile, role: Side["role"]): Promise<Side> {
  const person = chat.participants.find((one) => one.role === role);
  if (!person) throw new Error(`The chat ${chat.id} has no ${role}`);
  const { id, name } = person;
  const other = chat.participants.find((one) => one.id !== id && one.role !== "moderator");
  const blocksSince = other ? await findBlock(db, id, other.id) : null;
  return { id, name, role, sanctions: await sanctionHistory(db, id), blocksSince };
}
