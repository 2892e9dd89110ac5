import { useMemo, useRef } from "react";
import { useLive } from "~/live/client/live";
import type { Chat } from "../chat";
import type { Message } from "../message";

type Loaded = { chat: Chat; messages: Message[]; quoted: Message[]; readSeq: number };

/**
 * A chat as it stands now: the page that was loaded, and what older pages and the stream brought,
 * as far as it joins that page without a hole. Each message once, in its newest version. Belongs to
 * one chat: another one is another component.
 *
 * @param older what was loaded beside the page
 */
export function useLiveChat({ chat, messages, quoted, readSeq }: Loaded, older: Message[]) {
  const live = useLive();
  const { revision, generation } = live;
  // Where the reader stopped when he came; reading on does not move the line. Who had read
  // everything watches what comes: none of it is news to him.
  const stopped = useRef(readSeq < chat.lastSeq ? readSeq : Number.POSITIVE_INFINITY);
  const known = useRef({ generation, bySeq: new Map<number, Message>() });
  if (known.current.generation !== generation) {
    known.current = { generation, bySeq: new Map() };
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for the store's content
  return useMemo(() => {
    const { bySeq } = known.current;
    const sources = [...older, ...messages, ...live.messagesOf(chat.id).values()];
    for (const message of sources) {
      if ((bySeq.get(message.seq)?.version ?? -1) < message.version)
        bySeq.set(message.seq, message);
    }
    const shown = runAround(bySeq, messages);
    const lastSeq = shown.at(-1)?.seq ?? 0;
    return {
      chat: live.chatNow(chat),
      messages: shown,
      // What the page only quotes is not on it, even where it is the very message before its first.
      quoted: new Map([...quoted.map((one) => [one.seq, one] as const), ...bySeq]),
      readSeq: stopped.current,
      reachesEnd: lastSeq >= chat.lastSeq,
    };
  }, [chat, messages, quoted, older, live, revision, generation]);
}

/** All messages without a hole that join the page's own. */
export function runAround(bySeq: ReadonlyMap<number, Message>, page: Message[]): Message[] {
  const [first, last] = [page[0]?.seq, page.at(-1)?.seq];
  if (!first || !last) return [];
  let from = first;
  while (bySeq.has(from - 1)) from -= 1;
  const run: Message[] = [];
  for (let next = bySeq.get(from); next; next = bySeq.get(next.seq + 1)) run.push(next);
  return run;
}
