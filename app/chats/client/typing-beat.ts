import { useRef } from "react";
import { postForm } from "~/http/client/post-form";

/** The other side shows each beat for 5 s. */
const betweenMs = 3_000;

/** Hears all that is typed and tells the other side that something is; what fails is not repeated. */
export function useTypingBeat(action: string): (text: string) => void {
  const next = useRef(0);
  return (text) => {
    // Sent, or taken back: the next letter is news.
    if (!text.trim()) next.current = 0;
    else if (Date.now() >= next.current) {
      next.current = Date.now() + betweenMs;
      void postForm(action, { intent: "typing" });
    }
  };
}
