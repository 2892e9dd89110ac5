import type { erasedMessages } from "~/db/schema";
import type { Masks, Whose } from "./masks";

/** Who is being erased, and how. */
export type Erasing = {
  userId: string;
  /** What becomes of what he sent. */
  messages: (typeof erasedMessages)[number];
  masks: Masks;
};

/** What is left of a text: nothing of his own where his words go. */
export function leftOf({ messages, masks }: Erasing, whose: Whose, text: string): string {
  return messages === "removed" && whose === "own" ? "" : masks[whose](text);
}
