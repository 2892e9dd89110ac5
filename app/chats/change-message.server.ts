import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { chatMessages, chatMessageVersions } from "~/db/schema";
import type { Chat } from "./chat";
import { announce, tick } from "./clock.server";
import type { Message } from "./message";
import { findMessage } from "./messages.server";

/** What becomes of a message; what is not named stays. */
export type MessageChange = {
  body: string | null;
  editedAt?: SQL;
  deletedAt?: SQL | null;
  redactedBy?: string | null;
  redactionReason?: string | null;
};

/** Changes a message of a locked chat, and tells of it: what it said before is kept. */
export async function changeMessage(
  tx: Db,
  chat: Chat,
  { id: messageId, seq, version: before, body }: Message,
  change: MessageChange,
): Promise<Message> {
  const { version } = await tick(tx, chat.id, "change");
  await tx
    .insert(chatMessageVersions)
    .values({ messageId, version: before, body, replacedAt: sql`clock_timestamp()` });
  await tx
    .update(chatMessages)
    .set({ ...change, version, changedXid: sql`pg_current_xact_id()` })
    .where(eq(chatMessages.id, messageId));
  await announce(tx, chat, version);
  const changed = await findMessage(tx, chat.id, seq);
  if (!changed) throw new Error("The message that was just changed is gone");
  return changed;
}
