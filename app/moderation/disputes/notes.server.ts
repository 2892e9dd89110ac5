import { asc, eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { disputeNotes, users } from "~/db/schema";
import { audit } from "../audit/audit.server";
import { lockCase } from "./lock-case.server";

export type Note = { id: string; author: string; body: string; createdAt: Date };

/**
 * Writes down what moderators have to know of a case, also after its end. Its sides never see it.
 *
 * @returns null when there is no such case for this viewer
 */
export async function addNote(db: Db, viewer: Viewer, disputeId: string, body: string) {
  return db.transaction(async (tx) => {
    const locked = await lockCase(tx, viewer, disputeId);
    if (!locked) return null;
    const [note] = await tx
      .insert(disputeNotes)
      .values({ disputeId, authorId: viewer.id, body })
      .returning({ id: disputeNotes.id });
    const details = { noteId: note?.id };
    const ofCase = { chatId: locked.chat.id, disputeId, details };
    await audit(tx, viewer, { action: "dispute.noted", ...ofCase });
    return { done: true as const };
  });
}

/** The oldest first. The caller has made sure who may see them. */
export async function listNotes(db: Db, disputeId: string): Promise<Note[]> {
  return db
    .select({
      id: disputeNotes.id,
      author: users.name,
      body: disputeNotes.body,
      createdAt: disputeNotes.createdAt,
    })
    .from(disputeNotes)
    .innerJoin(users, eq(users.id, disputeNotes.authorId))
    .where(eq(disputeNotes.disputeId, disputeId))
    .orderBy(asc(disputeNotes.createdAt), asc(disputeNotes.id));
}
