import { sql } from "drizzle-orm";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import { type Actor, audit } from "~/moderation/audit/audit.server";
import { lockViewer } from "~/moderation/disputes/lock-case.server";
import { mayInCase } from "~/moderation/permissions";
import type { Means } from "../means";
import { restoreChat } from "./restore.server";
import { resumeArchive } from "./resume.server";
import { keepStill, mainOf } from "./unit.server";

/**
 * Has an archived chat brought back by a job, when and only when the transaction commits. The audit
 * log is locked until then, so that it comes last.
 */
export async function askForRestore(
  tx: Db,
  by: Actor,
  { chatId, reason }: { chatId: string; reason: string },
): Promise<void> {
  const main = await mainOf(tx, chatId);
  await addJob(tx, "restore-chat", { chatId: main }, { key: `restore ${main}` });
  await audit(tx, by, { action: "chat.restore_asked", chatId: main, details: { reason } });
}

/**
 * The same for a moderator who says why. One that is not archived (any more) stays as it is.
 *
 * @returns null for who is none (any more), and when there is no such chat; `party`: he bought or sold
 *   in it
 */
export async function restoreForReason(
  db: Db,
  viewer: Viewer,
  ask: { chatId: string; reason: string },
): Promise<{ asked: true } | { refused: "party" | "deleting" } | null> {
  return db.transaction(async (tx) => {
    const chat = await lockAnyChat(tx, ask.chatId);
    if (!chat) return null;
    const now = await lockViewer(tx, viewer);
    if (!now || !hasRole(now, "moderator")) return null;
    if (!mayInCase.see(now, chat)) return { refused: "party" };
    if (!(await haveAtHand(tx, now, ask))) return { refused: "deleting" };
    return { asked: true };
  });
}

/**
 * The same of what is going to hold a chat or a private thread, if it is archived. It stays where it is
 * until the commit.
 *
 * @returns false when it is being deleted, or gone: nothing can hold it any more
 */
export async function haveAtHand(
  tx: Db,
  by: Actor,
  { chatId, reason }: { chatId: string; reason: string },
): Promise<boolean> {
  await keepStill(tx, chatId);
  const [chat] = await tx.execute<{ status: string; state: string | null }>(sql`
    select c.status, a.state from chats c left join chat_archives a on a.chat_id = c.id
    where c.id = ${chatId}`);
  if (!chat || chat.state === "deleting") return false;
  if (chat.status === "archived") await askForRestore(tx, by, { chatId, reason });
  return true;
}

/** @param way with what it is done in this process */
export const restoreJob =
  (way: () => { means: Means }): Job<"restore-chat"> =>
  async (db, { chatId }, { now, signal }) => {
    const means = { ...way().means, signal };
    // One that was killed half way goes on.
    await resumeArchive(db, means, chatId, now);
    await restoreChat(db, means, chatId, now);
  };
