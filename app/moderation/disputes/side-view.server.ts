import { and, eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Attachment } from "~/attachments/attachment";
import type { Chat } from "~/chats/chat";
import { findChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { mayInCase } from "../permissions";
import { type Dispute, type DisputeRow, toDispute } from "./dispute";
import { disputeColumns } from "./dispute-columns.server";
import { listEvidence } from "./read-case.server";

/** What a participant sees of the dispute of a chat, and what he can do about it now. */
export type SideView = {
  chat: Chat;
  /** What he told moderators himself; the other side's is not for him. */
  own: { statement: string; evidence: Attachment[] } | null;
  /** The decision that an appeal is about. */
  appealed: Dispute | null;
  mayOpen: boolean;
  mayWithdraw: boolean;
  mayAppeal: boolean;
};

/**
 * The dispute of a chat as one of its participants sees it.
 *
 * @returns null when there is no such chat for this viewer, or only a private thread
 */
export async function readSideView(
  db: Db,
  viewer: Viewer,
  chatId: string,
  now: Date,
): Promise<SideView | null> {
  const chat = await findChat(db, viewer, chatId);
  if (!chat || chat.privateThread) return null;
  const { dispute } = chat;
  return {
    chat,
    own: dispute && (await findOwn(db, viewer, dispute.id)),
    appealed: dispute?.appealOf ? await findDispute(db, dispute.appealOf) : null,
    mayOpen: mayInCase.open(viewer, chat, now),
    mayWithdraw: mayInCase.withdraw(viewer, chat),
    mayAppeal: mayInCase.appeal(viewer, chat, now),
  };
}

async function findOwn(db: Db, viewer: Viewer, disputeId: string): Promise<SideView["own"]> {
  const [own] = await db
    .select({ id: disputes.id, chatId: disputes.chatId, statement: disputes.statement })
    .from(disputes)
    .where(and(eq(disputes.id, disputeId), eq(disputes.openedBy, viewer.id)));
  return own ? { statement: own.statement, evidence: await listEvidence(db, own) } : null;
}

async function findDispute(db: Db, id: string): Promise<Dispute | null> {
  const [found] = await db.execute<{ row: DisputeRow }>(sql`
    select ${disputeColumns} as row from disputes d where d.id = ${id}`);
  return found ? toDispute(found.row) : null;
}
