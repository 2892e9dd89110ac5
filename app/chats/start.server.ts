import { and, eq, isNull, sql, TransactionRollbackError } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatParticipants, chats, subjects } from "~/db/schema";
import { type Limited, rateLimit } from "~/http/rate-limits.server";
import { findBlockers, lockPair } from "~/safety/blocks/between.server";
import { watchNewAccount } from "~/safety/conduct/new-account.server";
import { filterSettings } from "~/safety/settings-cache.server";
import { appendSystemMessage } from "./append.server";
import { lockChat } from "./clock.server";

export type Started =
  | { chatId: string; created: boolean }
  | { refused: "ownListing" }
  /** The viewer blocks the seller, or he may not know more than that it was in vain. */
  | { refused: "blocking" }
  | { refused: "notDelivered" }
  | ({ refused: "tooMany" } & Limited);

/**
 * The viewer's chat about a subject: made, or found when there is one, also when he asks twenty
 * times at once, because the database allows one for each subject and buyer.
 *
 * @param reference the subject's reference at the host marketplace
 * @param mostNewChatsAnHour of this viewer; finding a chat does not count. Null: nothing is counted
 * @returns null when there is no such subject
 */
export async function startChat(
  db: Db,
  viewer: Viewer,
  reference: string,
  mostNewChatsAnHour: number | null = null,
): Promise<Started | null> {
  const [subject] = await db.select().from(subjects).where(eq(subjects.reference, reference));
  if (!subject) return null;
  if (subject.sellerId === viewer.id) return { refused: "ownListing" };
  const pair = and(
    eq(chats.subjectId, subject.id),
    eq(chats.buyerId, viewer.id),
    isNull(chats.disputeId),
  );
  const find = () => db.select({ id: chats.id }).from(chats).where(pair);

  const [known] = await find();
  if (known) return { chatId: known.id, created: false };
  const made = await makeChat(db, viewer, subject, mostNewChatsAnHour);
  if (made && "chatId" in made) return made;
  // Somebody was faster: the same viewer, with another press of the button.
  const [winner] = await find();
  return winner ? { chatId: winner.id, created: false } : made;
}

/** @returns null when the chat is there already, or the viewer is signed out or gone by now */
async function makeChat(
  db: Db,
  viewer: Viewer,
  subject: typeof subjects.$inferSelect,
  mostAnHour: number | null,
): Promise<Started | null> {
  const { filters } = await filterSettings(db);
  try {
    return await db.transaction(async (tx) => {
      await lockPair(tx, viewer.id, subject.sellerId);
      const blockers = await findBlockers(tx, viewer.id, subject.sellerId);
      if (blockers.includes(viewer.id)) return { refused: "blocking" as const };
      if (blockers.length) return { refused: "notDelivered" as const };
      // Locked, so that who is erased at this moment finds this chat, or this finds that he is; in
      // one order, and for what watching the buyer changes of his row.
      const there = await tx.execute<{ id: string }>(sql`
        select id from users where id in (${viewer.id}, ${subject.sellerId}) and erased_at is null
        order by id for no key update`);
      if (!there.some(({ id }) => id === viewer.id)) return tx.rollback();
      if (!there.some(({ id }) => id === subject.sellerId)) {
        return { refused: "notDelivered" as const };
      }
      // A change of the subject finds this chat, or this waits and begins with what the subject is then.
      await tx.execute(sql`select from subjects where id = ${subject.id} for share`);
      const limited = mostAnHour !== null && (await countChat(tx, viewer, mostAnHour));
      if (limited) return { refused: "tooMany" as const, ...limited };
      const [chat] = await tx
        .insert(chats)
        .values({ subjectId: subject.id, buyerId: viewer.id })
        .onConflictDoNothing()
        .returning({ id: chats.id });
      if (!chat) return tx.rollback();
      await tx.insert(chatParticipants).values([
        { chatId: chat.id, userId: viewer.id, role: "buyer" },
        // That a chat was started is no news by itself: the first message is.
        { chatId: chat.id, userId: subject.sellerId, role: "seller", readSeq: 1, deliveredSeq: 1 },
      ]);
      const locked = await lockChat(tx, viewer, chat.id);
      if (!locked) return tx.rollback();
      await appendSystemMessage(tx, locked, { kind: "chat_started" }, viewer.id);
      await watchNewAccount(tx, viewer.id, filters);
      return { chatId: chat.id, created: true };
    });
  } catch (error) {
    if (error instanceof TransactionRollbackError) return null;
    throw error;
  }
}

/** In the transaction, so that only a chat that is really made counts. */
function countChat(tx: Db, { id }: Viewer, points: number): Promise<Limited | null> {
  return rateLimit(tx, { name: "new-chats", points, seconds: 3_600 }).count(id);
}
