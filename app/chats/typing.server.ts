import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { tellTyping } from "~/live/typing.server";
import { findChatAsIs } from "./clock.server";
import { may } from "./permissions";

/** A client tells every 3 s that its person types; what comes much faster is dropped. */
const limiter = new RateLimiterMemory({ points: 2, duration: 1 });

/**
 * Shows the other participants that the viewer types. It is of no use later, so it fails silently:
 * in a chat where he may not write, too often, or without a database.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function beatTyping(db: Db, viewer: Viewer, chatId: string) {
  const told = { typing: true };
  const isTooMuch = await limiter.consume(viewer.id).then(
    () => false,
    () => true,
  );
  if (isTooMuch) return told;
  const chat = await findChatAsIs(db, viewer, chatId);
  if (!chat) return null;
  if (!may.post(viewer, chat)) return told;
  const userIds = chat.participants.map(({ id }) => id);
  tellTyping(db, { chatId, userId: viewer.id, userIds });
  return told;
}
