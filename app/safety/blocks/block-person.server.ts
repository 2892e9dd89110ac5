import { and, eq } from "drizzle-orm";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import { may, otherSide } from "~/chats/permissions";
import type { Db } from "~/db/client.server";
import { blocks } from "~/db/schema";
import { lockPair } from "./between.server";
import { settleBlock } from "./settle.server";

/**
 * Blocks the other side of a chat: from the commit on nothing passes between the two, in any of
 * their chats, and neither starts another. Blocking twice is blocking once.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function blockPerson(db: Db, viewer: Viewer, chatId: string) {
  const person = await findOther(db, viewer, chatId);
  if (!person || "refused" in person) return person;
  return change(db, viewer, person.id, async (tx) => {
    const [stored] = await tx
      .insert(blocks)
      .values({ blockerId: viewer.id, blockedId: person.id })
      .onConflictDoNothing()
      .returning();
    return stored !== undefined;
  });
}

/** Takes back the viewer's own block of the other side of a chat; one of theirs stays. */
export async function unblockPerson(db: Db, viewer: Viewer, chatId: string) {
  const person = await findOther(db, viewer, chatId);
  if (!person || "refused" in person) return person;
  return unblock(db, viewer, person.id);
}

/**
 * The same by whom it is that he blocks. Whom he does not block he cannot tell from whom there is
 * not.
 *
 * @returns null when he is signed out by now
 */
export function unblock(db: Db, viewer: Viewer, personId: string) {
  return change(db, viewer, personId, async (tx) => {
    const [lifted] = await tx
      .delete(blocks)
      .where(and(eq(blocks.blockerId, viewer.id), eq(blocks.blockedId, personId)))
      .returning();
    return lifted !== undefined;
  });
}

async function findOther(db: Db, viewer: Viewer, chatId: string) {
  const chat = await findChat(db, viewer, chatId);
  if (!chat) return null;
  const person = may.block(viewer, chat) ? otherSide(viewer, chat) : undefined;
  return person ?? { refused: "notBlockable" as const };
}

function change(
  db: Db,
  viewer: Viewer,
  personId: string,
  store: (tx: Db) => Promise<boolean>,
): Promise<{ done: true } | null> {
  return db.transaction(async (tx) => {
    if (!(await isSignedIn(tx, viewer))) return null;
    await lockPair(tx, viewer.id, personId);
    if (await store(tx)) await settleBlock(tx, viewer, personId);
    return { done: true };
  });
}
