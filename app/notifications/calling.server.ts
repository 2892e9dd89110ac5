import { and, eq, isNull } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatParticipants, chats } from "~/db/schema";
import { readChoices } from "./choices.server";
import { mayTell, type Way } from "./may-tell";

/**
 * Whether a message that came to a chat may show itself over another page, and make a sound.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function mayCall(
  db: Db,
  { id }: Pick<Viewer, "id">,
  chatId: string,
  now: Date,
): Promise<{ toast: boolean; sound: boolean } | null> {
  const [chat] = await db
    .select({ mutedUntil: chatParticipants.mutedUntil, blockedBy: chats.blockedBy })
    .from(chatParticipants)
    .innerJoin(chats, eq(chats.id, chatParticipants.chatId))
    .where(
      and(
        eq(chatParticipants.chatId, chatId),
        eq(chatParticipants.userId, id),
        isNull(chatParticipants.leftAt),
      ),
    );
  if (!chat) return null;
  const choices = await readChoices(db, id);
  const { mutedUntil } = chat;
  const isBlocked = Boolean(chat.blockedBy?.length);
  const may = (channel: Way) =>
    mayTell(choices, { kind: "message", channel, now, mutedUntil, isBlocked }) === "now";
  return { toast: may("toast"), sound: may("sound") };
}
