import { sql } from "drizzle-orm";
import { z } from "zod";
import { append } from "~/chats/append.server";
import { lockAnyChat } from "~/chats/clock.server";
import type { Message } from "~/chats/message";
import { messageBody } from "~/chats/message-body";
import { findMessage } from "~/chats/messages.server";
import type { Db } from "~/db/client.server";
import { hostMessages } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { findArchivedMessage } from "~/retention/archive/archived-page.server";
import type { Storage } from "~/storage/storage";
import type { Host } from "./host";

/**
 * What the host says in a chat.
 *
 * @param maxLength of a message, in user-perceived characters
 */
export const hostMessage = (maxLength: number) =>
  z.object({
    clientId: z.guid({ error: "chat.clientId.invalid" }).toLowerCase().meta({
      description:
        "Yours: the same id by the same key is the same message, however often it is sent.",
      example: "5a1f0d0e-6a4b-4c0e-9d6c-0f6a4c1d2b3e",
    }),
    body: messageBody(maxLength).meta({
      description: "Plain text for both sides. It is shown as the marketplace’s.",
      example: "The parcel was handed to the carrier.",
    }),
  });

export type HostPosted = { message: Message; repeated: boolean } | { refused: "notOpen" };

type Placed = { seq: number; repeated: boolean } | { refused: "notOpen" };

/**
 * Says something in a chat as the host: live on open pages, unread for both sides, who are called for it
 * as for a message of the other side. The same client id by the same key is the same message, also when
 * the chat is closed or archived by now. In a frozen chat the host may speak, because whoever froze it
 * did so to keep the two sides from it.
 *
 * @returns null when there is no such chat, and for a private thread of moderators with one side
 * @throws ArchiveDamaged and StorageError where a repeat's message cannot be read from its archive
 */
export async function postSystemMessage(
  db: Db,
  storage: Storage,
  host: Host,
  chatId: string,
  { clientId, body }: z.output<ReturnType<typeof hostMessage>>,
): Promise<HostPosted | null> {
  const posted = await db.transaction(async (tx): Promise<Placed | null> => {
    const chat = await lockAnyChat(tx, chatId);
    if (!chat || chat.privateThread) return null;
    const earlier = await findPosted(tx, host, chatId, clientId);
    if (earlier) return { seq: earlier, repeated: true };
    if (chat.status !== "open" && chat.status !== "frozen") return { refused: "notOpen" };
    const said = { type: "system", event: { kind: "host" }, body } as const;
    const { seq } = await append(tx, chat, said);
    await tx.insert(hostMessages).values({ chatId, keyId: host.keyId, clientId, seq });
    await audit(tx, host, { action: "chat.written", chatId, details: { seq } });
    return { seq, repeated: false };
  });
  if (!posted || "refused" in posted) return posted;
  const { seq, repeated } = posted;
  const message =
    (await findMessage(db, chatId, seq)) ?? (await findArchivedMessage(db, storage, chatId, seq));
  // Deleted for good since.
  return message && { message: { ...message, clientId }, repeated };
}

async function findPosted(tx: Db, { keyId }: Host, chatId: string, clientId: string) {
  const [row] = await tx.execute<{ seq: string }>(sql`
    select seq from host_messages
    where chat_id = ${chatId} and key_id = ${keyId} and client_id = ${clientId}`);
  return row ? Number(row.seq) : null;
}
