import { eq, inArray } from "drizzle-orm";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes, users } from "~/db/schema";
import { lockThreadsOf } from "../access/access.server";
import { mayInCase } from "../permissions";
import type { Case } from "./case";

export type LockedCase = { chat: Chat; dispute: Case };

/**
 * Locks a case for a change: its chat first with its threads, the dispute after it, and who changes it
 * last, as every change of either does. He counts as what he is at that moment, whatever he was when
 * he was let in.
 *
 * @param to whom it concerns beside him
 * @returns null when there is no such case for this viewer
 */
export async function lockCase(
  tx: Db,
  viewer: Viewer,
  disputeId: string,
  to?: string,
): Promise<LockedCase | null> {
  // A form that came slowly may end after the session that it began in.
  if (!(await isSignedIn(tx, viewer))) return null;
  const locked = await lockAnyCase(tx, disputeId);
  const now = locked && (await lockViewer(tx, viewer, to));
  return now && mayInCase.see(now, locked.chat) ? locked : null;
}

/** Until the commit nobody takes his role. People are locked in the order of their ids. */
export async function lockViewer(tx: Db, { id }: Viewer, other = id) {
  const people = await tx
    .select({ id: users.id, role: users.role })
    .from(users)
    .where(inArray(users.id, [id, other]))
    .orderBy(users.id)
    .for("share");
  return people.find((one) => one.id === id) ?? null;
}

/** The same for the host, who asks for nobody. */
export async function lockAnyCase(tx: Db, disputeId: string): Promise<LockedCase | null> {
  const ofCase = eq(disputes.id, disputeId);
  const [found] = await tx.select({ chatId: disputes.chatId }).from(disputes).where(ofCase);
  const chat = found && (await lockAnyChat(tx, found.chatId));
  if (!chat) return null;
  await lockThreadsOf(tx, chat.id);
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
