import { useFetcher } from "@remix-run/react";
import { type RefObject, useEffect, useRef } from "react";
import { useLive } from "~/live/client/live";

/**
 * Tells the server up to where the reader saw the chat: only what stood in view of a visible tab.
 *
 * @param log holds the messages as `[data-seq]`
 */
export function useReadMarks(
  log: RefObject<HTMLElement>,
  {
    chatId,
    viewerId,
    action,
    readSeq,
    lastShown,
  }: {
    chatId: string;
    viewerId: string;
    action: string;
    readSeq: number;
    lastShown: number;
  },
) {
  const live = useLive();
  const { submit } = useFetcher({ key: `read ${chatId}` });
  const marked = useRef({ chatId, seq: readSeq });
  if (marked.current.chatId !== chatId) marked.current = { chatId, seq: readSeq };

  useEffect(() => {
    const root = log.current;
    if (!root || lastShown <= marked.current.seq) return;
    let seen = 0;
    const tell = () => {
      if (document.visibilityState !== "visible" || seen <= marked.current.seq) return;
      marked.current.seq = seen;
      live.position(chatId, viewerId, { readSeq: seen });
      submit({ intent: "read", seq: String(seen) }, { method: "post", action });
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) seen = Math.max(seen, Number((target as HTMLElement).dataset.seq));
        }
        tell();
      },
      { root },
    );
    for (const message of root.querySelectorAll("[data-seq]")) {
      if (Number((message as HTMLElement).dataset.seq) > marked.current.seq)
        observer.observe(message);
    }
    document.addEventListener("visibilitychange", tell);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", tell);
    };
  }, [log, chatId, viewerId, action, lastShown, live, submit]);
}
