import type { Chat } from "~/chats/chat";

export const foundFilters = ["all", "open", "frozen", "closed", "archived", "cases"] as const;
/** Chats of a status; `cases`: with a dispute that is not resolved. */
export type FoundFilter = (typeof foundFilters)[number];

export const foundSorts = ["latest", "newest", "oldest"] as const;
export type FoundSort = (typeof foundSorts)[number];

/** Whether a search looks at people, subjects and ids, or for words in messages. */
export const foundPlaces = ["about", "messages"] as const;
export type FoundPlace = (typeof foundPlaces)[number];

/** A chat as anybody's moderator finds it: who, about what and how much, and nothing that was said. */
export type FoundChat = Pick<Chat, "id" | "status" | "subject" | "lastMessageAt" | "createdAt"> & {
  buyer: { id: string; name: string };
  seller: { id: string; name: string };
  messages: number;
  /** The dispute that is not resolved. */
  caseId: string | null;
  /** Messages with the words that were looked for; null where none were. */
  matches: number | null;
};
