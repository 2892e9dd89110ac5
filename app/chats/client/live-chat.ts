import { useMemo, useRef } from "react";
import { useLive } from "~/live/client/live";
import type { Chat } from "../chat";
import type { Message } from "../message";

type Loaded = { chat: Chat; messages: Message[]; quoted: Message[]; readSeq: number };

/**
 * A chat as it stands now: the page that was loaded, older ones put before it, and what the stream
 * brought. Each message once, by seq, in its newest version; new ones only without a hole.
 */
export function useLiveChat({ chat, messages, quoted, readSeq }: Loaded, older: Message[]) {
  const live = useLive();
  const { revision } = live;
  // Where the reader stopped when he came; reading on does not move the line.
  const stopped = useRef({ chatId: chat.id, readSeq });
  if (stopped.current.chatId !== chat.id) stopped.current = { chatId: chat.id, readSeq };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for the store's content
  return useMemo(() => {
    const known = live.messagesOf(chat.id);
    const newest = (message: Message) => {
      const update = known.get(message.seq);
      return update && update.version > message.version ? update : message;
    };
    const first = messages[0]?.seq ?? 1;
    const shown = [...older.filter(({ seq }) => seq < first), ...messages].map(newest);
    const reachesEnd = (messages.at(-1)?.seq ?? 0) === chat.lastSeq;
    if (reachesEnd) {
      for (let next = known.get(chat.lastSeq + 1); next; next = known.get(next.seq + 1)) {
        shown.push(next);
      }
    }
    const quotes = [...quoted.map(newest), ...shown].map(
      (message) => [message.seq, message] as const,
    );
    return {
      chat: live.chatNow(chat),
      messages: shown,
      quoted: new Map(quotes),
      readSeq: stopped.current.readSeq,
      reachesEnd,
    };
  }, [chat, messages, quoted, older, live, revision]);
}
