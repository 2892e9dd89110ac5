import { and, eq } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatParticipants, chats, subjects } from "~/db/schema";
import { lockChat } from "./clock.server";
import { appendSystemMessage } from "./send.server";

export type Started = { chatId: string; created: boolean } | { refused: "ownListing" };

/**
 * The viewer's chat about a subject: made, or found when there is one, also when he asks twenty
 * times at once, because the database allows one for each subject and buyer.
 *
 * @param reference the subject's reference at the host marketplace
 * @returns null when there is no such subject
 */
export async function startChat(
  db: Db,
  viewer: Viewer,
  reference: string,
): Promise<Started | null> {
  const [subject] = await db.select().from(subjects).where(eq(subjects.reference, reference));
  if (!subject) return null;
  if (subject.sellerId === viewer.id) return { refused: "ownListing" };
  const pair = and(eq(chats.subjectId, subject.id), eq(chats.buyerId, viewer.id));
  const find = () => db.select({ id: chats.id }).from(chats).where(pair);

  const [known] = await find();
  if (known) return { chatId: known.id, created: false };

  const chatId = await db.transaction(async (tx) => {
    const [chat] = await tx
      .insert(chats)
      .values({ subjectId: subject.id, buyerId: viewer.id })
      .onConflictDoNothing()
      .returning({ id: chats.id });
    if (!chat) return null;
    await tx.insert(chatParticipants).values([
      { chatId: chat.id, userId: viewer.id, role: "buyer" },
      // That a chat was started is no news by itself: the first message is.
      { chatId: chat.id, userId: subject.sellerId, role: "seller", readSeq: 1, deliveredSeq: 1 },
    ]);
    const made = await lockChat(tx, viewer, chat.id);
    if (made) await appendSystemMessage(tx, made, { kind: "chat_started" }, viewer.id);
    return chat.id;
  });
  if (chatId) return { chatId, created: true };
  const [winner] = await find();
  return winner ? { chatId: winner.id, created: false } : null;
}
