import { eq } from "drizzle-orm";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import type { Case } from "./case";
import { mayInCase } from "./permissions";

export type LockedCase = { chat: Chat; dispute: Case };

/**
 * Locks a case for a change: its chat first and the dispute after it, as every change of either does.
 *
 * @returns null when there is no such case for this viewer
 */
export async function lockCase(
  tx: Db,
  viewer: Viewer,
  disputeId: string,
): Promise<LockedCase | null> {
  // A form that came slowly may end after the session that it began in.
  const locked = (await isSignedIn(tx, viewer)) && (await lockAnyCase(tx, disputeId));
  return locked && mayInCase.see(viewer, locked.chat) ? locked : null;
}

/** The same for the host, who asks for nobody. */
export async function lockAnyCase(tx: Db, disputeId: string): Promise<LockedCase | null> {
  const ofCase = eq(disputes.id, disputeId);
  const [found] = await tx.select({ chatId: disputes.chatId }).from(disputes).where(ofCase);
  const chat = found && (await lockAnyChat(tx, found.chatId));
  if (!chat) return null;
  const [dispute] = await tx.select().from(disputes).where(ofCase).for("update");
  return dispute ? { chat, dispute: await withDecider(tx, dispute) } : null;
}

/** What was decided is not changed any more, so that it needs no lock. */
export async function withDecider(db: Db, dispute: typeof disputes.$inferSelect): Promise<Case> {
  const { appealOf } = dispute;
  if (!appealOf) return { ...dispute, mayNotDecide: null };
  const [appealed] = await db
    .select({ decidedBy: disputes.decidedBy })
    .from(disputes)
    .where(eq(disputes.id, appealOf));
  return { ...dispute, mayNotDecide: appealed?.decidedBy ?? null };
}
