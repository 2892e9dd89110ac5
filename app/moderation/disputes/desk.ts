import type { Chat } from "~/chats/chat";
import type { Dispute } from "./dispute";

/** Which cases the desk shows. */
export const deskFilters = [
  "unresolved",
  "unclaimed",
  "mine",
  "overdue",
  "resolved",
  "all",
] as const;
export type DeskFilter = (typeof deskFilters)[number];

/** `due`: what has to be done next, and what is overdue, comes first. */
export const deskSorts = ["due", "newest", "oldest"] as const;
export type DeskSort = (typeof deskSorts)[number];

/** What has an end has no due time: those are sorted by when they began. */
export function sortsOf(filter: DeskFilter): readonly DeskSort[] {
  return filter === "resolved" || filter === "all" ? ["newest", "oldest"] : deskSorts;
}

/** A case as the desk lists it: what finding shows, and nothing of what was written. */
export type DeskCase = Pick<
  Dispute,
  "status" | "openedAs" | "reason" | "wish" | "openedAt" | "resolvedAt" | "outcome"
> & {
  id: string;
  chatId: string;
  /** An appeal is decided by somebody else than the first decision. */
  isAppeal: boolean;
  /** What is due next, and when in ISO 8601; null when it is resolved. */
  due: { what: "first_look" | "decision"; at: string } | null;
  claimedBy: { id: string; name: string } | null;
  subject: Chat["subject"];
  buyer: { id: string; name: string };
  seller: { id: string; name: string };
};
