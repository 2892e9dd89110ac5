import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { chatMessages } from "~/db/schema";
import { tellMessageChanged } from "~/notifications/push/changed.server";
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
  { id: messageId, seq }: Pick<Message, "id" | "seq">,
  change: MessageChange,
): Promise<Message> {
  const { version } = await tick(tx, chat.id, "change");
  await tx.execute(sql`
    insert into chat_message_versions
      (message_id, version, body, replaced_at, redacted_by, redaction_reason)
    select id, version, body, clock_timestamp(), redacted_by, redaction_reason
    from chat_messages where id = ${messageId}`);
  await tx
    .update(chatMessages)
    .set({ ...change, version, changedXid: sql`pg_current_xact_id()` })
    .where(eq(chatMessages.id, messageId));
  await announce(tx, chat, version);
  await tellMessageChanged(tx, chat.id, seq);
  const changed = await findMessage(tx, chat.id, seq);
  if (!changed) throw new Error("The message that was just changed is gone");
  return changed;
}
