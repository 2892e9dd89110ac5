import type { erasedMessages } from "~/db/schema";

/** What delays one's erasure, as oneself is told; `review`: something that moderators look at. */
export type OwnHold = {
  kind: "dispute" | "decision" | "review" | "legal";
  /** When it ends by itself, ISO 8601 in UTC; null where nobody can tell. */
  until: string | null;
};

/** What somebody is told before he deletes his account. */
export type OwnErasure = {
  email: string | null;
  name: string;
  /** Else his e-mail address is what he has to type, or his name where he has none. */
  hasPassword: boolean;
  /** What becomes of his messages. */
  messages: (typeof erasedMessages)[number];
  /** Within how many days all of it is done where nothing delays it. */
  days: number;
  holds: OwnHold[];
};
