import { z } from "zod";
import type { Message } from "~/chats/message";

const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Which messages of a chat the API is asked for. */
export const messagesQuery = z
  .object({
    before: seq.optional().meta({
      description:
        "Messages before this seq, the newest first. Without a place: the newest of all.",
      example: 41,
    }),
    after: seq.optional().meta({
      description: "Messages after this seq, the oldest first.",
      example: 40,
    }),
    limit: z.coerce.number().int().min(1).max(100).default(40).meta({
      description: "Messages on a page.",
      example: 40,
    }),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, {
    path: ["after"],
    error: "before and after go different ways: one of them",
  });

export type MessagesAsked = z.output<typeof messagesQuery>;

/** `next` is the `before`, or the `after`, of the page that follows; null where none does by now. */
export type MessagePage = { messages: Message[]; next: number | null };

/** What is asked for of a page of history: beyond its ends a page shows what lies nearest. */
export function toMessagePage(
  page: { chat: { lastSeq: number }; messages: readonly Message[] },
  { before = Number.POSITIVE_INFINITY, after }: MessagesAsked,
): MessagePage {
  if (after !== undefined) {
    const messages = page.messages.filter((message) => message.seq > after);
    const last = messages.at(-1)?.seq ?? page.chat.lastSeq;
    return { messages, next: last < page.chat.lastSeq ? last : null };
  }
  const messages = page.messages.filter((message) => message.seq < before).reverse();
  const last = messages.at(-1)?.seq ?? 1;
  return { messages, next: last > 1 ? last : null };
}
