import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { isLockedOut } from "~/accounts/standing.server";
import { type Started, startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import type { Host } from "./host";

/** For whom the host starts a chat, and about what. */
export const hostChatStart = z.object({
  reference: z.string().min(1).max(200).meta({
    description: "The reference of the subject that the chat is about.",
    example: "order-1042",
  }),
  buyerId: z.guid().toLowerCase().meta({
    description: "The id of the user who buys.",
    example: "01980c0e-5d3c-7b44-9a53-6f2f6c1d7a10",
  }),
});

export type HostStarted =
  | Started
  /** Nobody has this id, he was erased, or he moderates here. */
  | { refused: "unknownBuyer" }
  /** He is suspended or banned, here or by the host: he could not write. */
  | { refused: "buyerLockedOut" };

/**
 * The chat about a subject for a buyer, as if he had pressed the button himself: made, or found when
 * there is one. How many chats he may start in an hour is no matter of the host's, and what the host
 * starts is not counted as his. That the host made it is in the audit log.
 *
 * @returns null when there is no such subject
 */
export async function startChatFor(
  db: Db,
  host: Host,
  { reference, buyerId }: z.output<typeof hostChatStart>,
): Promise<HostStarted | null> {
  const [buyer] = await db
    .select({
      id: users.id,
      name: users.name,
      role: users.role,
      erasedAt: users.erasedAt,
      isLockedOut: sql<boolean>`${isLockedOut(users.id)} or ${users.hostSuspendedAt} is not null`,
    })
    .from(users)
    .where(eq(users.id, buyerId));
  if (!buyer || buyer.erasedAt || buyer.role !== "user") return { refused: "unknownBuyer" };
  if (buyer.isLockedOut) return { refused: "buyerLockedOut" };
  const { id, name, role } = buyer;
  return db.transaction(async (tx) => {
    const started = await startChat(tx, { id, name, role, sessionId: "" }, reference);
    if (started && "created" in started && started.created) {
      await audit(tx, host, { action: "chat.started", chatId: started.chatId, personId: id });
    }
    return started;
  });
}
