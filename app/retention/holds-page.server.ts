import { eq } from "drizzle-orm";
import { findAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { holdsOfChat, holdsOfPerson } from "./holds.server";
import { type HoldTarget, listLegalHolds } from "./legal-holds.server";

/**
 * What holds a chat or a person, and what admins said about it.
 *
 * @returns null when there is no such chat or person, and for a private thread, which is held with
 *   its chat
 */
export async function readHoldsPage(db: Db, target: HoldTarget, now: Date) {
  const about =
    "chatId" in target ? await chatOf(db, target.chatId) : await personOf(db, target.userId);
  if (!about) return null;
  const holds =
    "chatId" in target
      ? await holdsOfChat(db, target.chatId, now)
      : await holdsOfPerson(db, target.userId, now);
  return { about, holds, legalHolds: await listLegalHolds(db, target) };
}

async function chatOf(db: Db, chatId: string) {
  const chat = await findAnyChat(db, chatId);
  if (!chat || chat.privateThread) return null;
  return { chatId, userId: null, title: chat.subject.title };
}

async function personOf(db: Db, userId: string) {
  const [person] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return person ? { chatId: null, userId, title: person.name } : null;
}
