import { type RefObject, useEffect, useRef } from "react";
import { postForm } from "~/http/client/post-form";
import { useLive } from "~/live/client/live";

/** Well before somebody is called for a message, in ms. */
const viewedMs = 1_000;

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
  const marked = useRef({ chatId, seq: readSeq });
  if (marked.current.chatId !== chatId) marked.current = { chatId, seq: readSeq };

  useEffect(() => {
    const root = log.current;
    if (!root || lastShown <= marked.current.seq) return;
    let seen = 0;
    const tell = () => {
      const known = marked.current.seq;
      if (document.visibilityState !== "visible" || seen <= known) return;
      marked.current.seq = seen;
      live.position(chatId, viewerId, { readSeq: seen });
      markRead(action, seen).catch(() => {
        // Told again with the next message, or when the connection or the reader is back.
        if (marked.current.chatId === chatId) marked.current.seq = known;
      });
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
    // Who looks at older messages has not read these, and yet nobody has to call him.
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible" && seen < lastShown)
        void postForm(action, { intent: "viewed", seq: String(lastShown) });
    }, viewedMs);
    document.addEventListener("visibilitychange", tell);
    addEventListener("online", tell);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", tell);
      removeEventListener("online", tell);
    };
  }, [log, chatId, viewerId, action, lastShown, live]);
}

async function markRead(action: string, seq: number): Promise<void> {
  const answer = await postForm(action, { intent: "read", seq: String(seq) });
  if (answer.status !== 200) throw new Error("Nothing was marked as read");
}
