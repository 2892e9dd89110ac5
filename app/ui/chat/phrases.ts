import type { Message } from "~/chats/message";
import type { SystemEvent } from "~/chats/system-event";
import type { Phrase } from "~/ui/i18n";

/**
 * What a system message says.
 *
 * @param body the message's: what the host marketplace says in its own words
 */
export function systemPhrase(event: SystemEvent, body: string | null): Phrase {
  switch (event.kind) {
    case "chat_started":
      return { id: "chat.system.started" };
    case "stage_changed":
      return { id: `chat.system.stage.${event.to}` };
    case "chat_closed":
      return { id: `chat.system.closed.${event.by}` };
    case "moderator_joined":
      return { id: "chat.system.joined", values: { name: event.name } };
    case "dispute_opened":
      return { id: "chat.system.disputed", values: { by: event.by } };
    case "dispute_decided":
      return event.by === "host" && event.outcome === "closed"
        ? { id: "chat.system.closedByHost" }
        : { id: "chat.system.decided", values: { outcome: event.outcome } };
    case "dispute_appealed":
      return { id: "chat.system.appealed", values: { by: event.by } };
    case "host":
      return { id: "chat.system.host", values: { text: body ?? "" } };
    case "chat_frozen":
    case "chat_thawed":
    case "moderator_left":
    case "dispute_in_review":
    case "dispute_withdrawn":
    case "private_thread_opened":
      return { id: `chat.system.${event.kind}` };
  }
}

/** The same over several lines: what happened, and somebody's words about it. */
export function systemParts(event: SystemEvent, body: string | null) {
  const isHost = event.kind === "host";
  const title: Phrase = isHost ? { id: "app.marketplace" } : systemPhrase(event, null);
  const words = event.kind === "dispute_decided" ? event.text : isHost ? body : null;
  return { title, words };
}

/** What stands where a message was. */
export function takenBack({ isRedacted }: Message): Phrase {
  return { id: isRedacted ? "chat.message.redacted" : "chat.message.unsent" };
}

/** A message in one line; a text is not a phrase but what somebody wrote. */
export function messagePreview(message: Message): Phrase | string {
  if (message.event) return systemPhrase(message.event, message.body);
  if (message.deletedAt) return takenBack(message);
  if (message.type === "image" && !message.body) {
    return { id: "chat.message.picture", values: { count: message.attachments.length } };
  }
  return message.body ?? "";
}
