import { appendSystemMessage } from "~/chats/append.server";
import type { Chat } from "~/chats/chat";
import { announce, tick } from "~/chats/clock.server";
import type { SystemEvent } from "~/chats/system-event";
import type { Db } from "~/db/client.server";
import { tellOfCaseEvent } from "~/notifications/tell-of-case.server";

/**
 * Says in a locked chat what became of its dispute, and tells everybody's pages and streams. Every
 * change of a dispute that its sides can see goes through here.
 *
 * @param event nothing is said of some changes
 * @param actorId of a participant, who has read what he did
 */
export async function tellOfDispute(
  tx: Db,
  chat: Chat,
  event: SystemEvent | null,
  actorId?: string,
): Promise<void> {
  if (event) await appendSystemMessage(tx, chat, event, actorId);
  const { version } = await tick(tx, chat.id, "state");
  await announce(tx, chat, version);
  if (event) await tellOfCaseEvent(tx, chat, event, actorId);
}
