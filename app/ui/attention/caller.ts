import type { Message } from "~/chats/message";
import { isOfHost } from "~/chats/system-event";

/** A message that is read elsewhere within this time calls nobody, in ms. */
export const patienceMs = 700;

type Asked = {
  userId: string;
  /** Whether it is unread still. */
  isNews: (message: Message) => boolean;
  /** Whether its chat is open before the reader's eyes. */
  isInView: (message: Message) => boolean;
  /** What its chat and the reader's choices allow now; null where nobody can say. */
  ask: (message: Message) => Promise<{ toast: boolean; sound: boolean } | null>;
  /** One tab rings for all of a browser's. */
  isLeading: () => boolean;
  ring: () => void;
  /** Where somebody looks at this tab. */
  show: (message: Message) => void;
};

/**
 * Decides of the messages that come which one calls its reader: of those that come at once the last,
 * if it is somebody else's, unread, and its chat is not open.
 */
export function makeCaller({ userId, isNews, isInView, ask, isLeading, ring, show }: Asked) {
  let last: { message: Message; timer: ReturnType<typeof setTimeout> } | undefined;
  const stop = () => clearTimeout(last?.timer);
  const isForNothing = (message: Message) => !isNews(message) || isInView(message);
  async function call(message: Message): Promise<void> {
    if (isForNothing(message)) return;
    const may = await ask(message);
    if (!may || isForNothing(message)) return;
    if (may.sound && isLeading()) ring();
    if (may.toast && !document.hidden) show(message);
  }
  return {
    came(message: Message): void {
      const isOfPerson = message.sender && message.type !== "system";
      if (message.sender?.id === userId || !(isOfPerson || isOfHost(message))) return;
      stop();
      last = { message, timer: setTimeout(() => call(message).catch(() => {}), patienceMs) };
    },
    /** What was taken back in between calls nobody. */
    changed({ id, deletedAt }: Message): void {
      if (deletedAt && id === last?.message.id) stop();
    },
    stop,
  };
}
