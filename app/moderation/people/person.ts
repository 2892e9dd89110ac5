import type { Standing } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import type { Chat, Participant } from "~/chats/chat";
import type { erasedMessages, erasureRequesters, erasureStates } from "~/db/schema";

/** Which people the list shows; `sanctioned`: suspended or banned now; `appeals`: that wait. */
export const peopleFilters = ["all", "sanctioned", "appeals", "staff"] as const;
export type PeopleFilter = (typeof peopleFilters)[number];

export const peopleSorts = ["newest", "oldest", "name"] as const;
export type PeopleSort = (typeof peopleSorts)[number];

/** Somebody as moderators find him. Times as ISO 8601 in UTC. */
export type ListedPerson = Pick<Viewer, "id" | "name" | "role"> & {
  email: string | null;
  joinedAt: string;
  standing: Standing;
  /** Of all time. */
  sanctions: number;
  hasAppeal: boolean;
};

/** One of his chats, with nothing that was said in it. */
export type ChatOfPerson = Pick<Chat, "id" | "status" | "subject" | "lastMessageAt"> & {
  role: Participant["role"];
  other: { id: string; name: string };
  /** Of the dispute that is not resolved. */
  disputeId: string | null;
  /** Whether he blocks the other side, and it him. */
  isBlocking: boolean;
  isBlocked: boolean;
};

/** Where somebody is signed in. What a session is known by is kept from everybody. */
export type SessionOfPerson = { signedInAt: string; expiresAt: string };

/** That somebody is, or is being, erased; who it was, until that is done. */
export type ErasureOfPerson = {
  state: (typeof erasureStates)[number];
  messages: (typeof erasedMessages)[number];
  requestedAs: (typeof erasureRequesters)[number];
  requestedAt: string;
  dueAt: string;
  doneAt: string | null;
  name: string | null;
  email: string | null;
};
