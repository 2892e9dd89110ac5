import { eq, inArray, or, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { type Attachment, type AttachmentRow, toAttachment } from "~/attachments/attachment";
import { attachmentColumns } from "~/attachments/attachment-columns.server";
import type { Chat } from "~/chats/chat";
import { findAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes, users } from "~/db/schema";
import { hasOpenCase } from "../access/access.server";
import { audit } from "../audit/audit.server";
import { mayInCase } from "../permissions";
import type { Case } from "./case";
import { listTakers } from "./claim.server";
import { noteFirstLook } from "./first-look.server";
import { withDecider } from "./lock-case.server";
import { listNotes, type Note } from "./notes.server";

export type CaseFile = {
  /** Who and about what; its messages are read apart, and only while a case is open on it. */
  chat: Chat;
  dispute: Case;
  /** What who opened it showed: like the chat, as long as a case is open on that. */
  evidence: Attachment[];
  notes: Note[];
  /** Names of all who are named by id above. */
  names: Record<string, string>;
  /** To whom it can be handed over. */
  takers: { id: string; name: string }[];
  /** The case that this one appeals, or the appeal of this one. */
  related: { id: string; isAppeal: boolean } | null;
};

/**
 * A case as moderators see it: without the chat, which is read apart. The look is in the audit log,
 * and the first one counts.
 *
 * @returns null when there is no such case for this viewer
 */
export async function readCase(
  db: Db,
  viewer: Viewer,
  disputeId: string,
): Promise<CaseFile | null> {
  return db.transaction(async (tx) => {
    const [found] = await tx.select().from(disputes).where(eq(disputes.id, disputeId));
    const chat = found && (await findAnyChat(tx, found.chatId));
    if (!chat || !mayInCase.see(viewer, chat)) return null;
    const dispute = await withDecider(tx, found);
    await noteFirstLook(tx, disputeId);
    const file: CaseFile = {
      chat,
      dispute,
      evidence: (await hasOpenCase(tx, chat.id)) ? await listEvidence(tx, dispute) : [],
      notes: await listNotes(tx, disputeId),
      names: await namesOf(tx, dispute),
      takers: await listTakers(tx, { chat, dispute }),
      related: await findRelated(tx, dispute),
    };
    await audit(tx, viewer, { action: "dispute.viewed", chatId: chat.id, disputeId });
    return file;
  });
}

/** The pictures that who opened a dispute showed with it, in their order. */
export async function listEvidence(
  db: Db,
  { id, chatId }: Pick<Case, "id" | "chatId">,
): Promise<Attachment[]> {
  const rows = await db.execute<{ row: AttachmentRow }>(sql`
    select ${attachmentColumns} as row from attachments a
    where a.dispute_id = ${id} order by a.position`);
  return rows.map(({ row }) => toAttachment(chatId, row));
}

async function namesOf(db: Db, { openedBy, claimedBy, decidedBy, mayNotDecide }: Case) {
  const ids = [openedBy, claimedBy, decidedBy, mayNotDecide].filter((id) => id !== null);
  if (!ids.length) return {};
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, ids));
  return Object.fromEntries(people.map(({ id, name }) => [id, name]));
}

async function findRelated(db: Db, { id, appealOf }: Case): Promise<CaseFile["related"]> {
  const appealed = appealOf ? eq(disputes.id, appealOf) : undefined;
  const [related] = await db
    .select({ id: disputes.id, appealOf: disputes.appealOf })
    .from(disputes)
    .where(or(eq(disputes.appealOf, id), appealed))
    .limit(1);
  return related ? { id: related.id, isAppeal: related.appealOf === id } : null;
}
