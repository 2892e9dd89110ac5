import type { Stage } from "~/chats/system-event";

/** What becomes of a chat by itself, in this order. */
export const dueKinds = ["close", "archive", "delete"] as const;

export type DueKind = (typeof dueKinds)[number];

export type DueChat = {
  id: string;
  /** Its place among those that were looked at. */
  at: string | null;
  stage: Stage;
  /** Since when. */
  dueAt: Date;
  /** With those of its private threads. */
  messages: number;
  /** It waits, because something holds it. */
  isHeld: boolean;
};

/** Where a page ended: of open chats the id alone, of others the moment that they are sorted by. */
export type DueCursor = { at: string | null; id: string };

export type DuePage = {
  chats: DueChat[];
  /** How many were looked at for it. */
  looked: number;
  /** Null behind the last page. */
  next: DueCursor | null;
};
