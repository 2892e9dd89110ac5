import type { notificationKinds } from "~/db/schema";

export type NotificationKind = (typeof notificationKinds)[number];

/**
 * What a notification says. Ids and marks alone: the words come from the reader's language, and names
 * and titles from the rows they belong to, so that nothing stays here that is erased there.
 */
export type NotificationData =
  /** News of a case that the person is a side of. */
  | { what: CaseNews; chatId: string }
  /** A sanction, its end before its time, or what came of an appeal. */
  | { what: "imposed" | "lifted" | "appealDecided" }
  /** A message of the person's was removed, is back, or an appeal of it is decided. */
  | { what: "removed" | "restored" | "appealDecided"; chatId: string }
  /** What came of a report of the person's. */
  | { what: "decided" | "appealDecided"; chatId: string }
  /** A browser that the person never signed in with before. */
  | { what: "newDevice"; browser: string | null; system: string | null }
  /** A webhook endpoint was switched off: nothing arrived for a day, or it answered that it is gone. */
  | { what: "failing" | "gone" };

export const caseNews = [
  "opened",
  "taken",
  "asked",
  "decided",
  "appealed",
  "appealDecided",
  "withdrawn",
] as const;

export type CaseNews = (typeof caseNews)[number];

/** A notification as pages and streams have it; times are ISO 8601 UTC. */
export type Notification = {
  id: string;
  kind: NotificationKind;
  /** What it is about; those of the same are shown together. */
  subjectId: string;
  /** Its place among the person's. */
  version: number;
  data: NotificationData;
  createdAt: string;
  readAt: string | null;
};
