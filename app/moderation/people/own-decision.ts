import type { OwnSanction } from "./sanction";

/** The rule that something was held against, in the reader's words `decision.ground.…`. */
export type Ground =
  | "scam"
  | "contact"
  | "payment"
  | "abuse"
  | "spam"
  | "prohibited"
  | "rule"
  | "other";

/** What a decision is about, for whom it concerns. It never says who reported. */
export type DecidedAbout = {
  subject: string;
  /** His message; null where it was about him and not about one message. */
  message: {
    /** As he wrote it, also when it is removed; null where it had no words. */
    words: string | null;
    pictures: number;
    sentAt: string;
    isRemoved: boolean;
  } | null;
  grounds: Ground[];
  /** How it came to be looked at first; never by whom. */
  foundBy: "filter" | "people" | "dispute";
};

/** A message that was removed without a sanction. Times as ISO 8601 in UTC. */
export type Removal = {
  /** The flag's. */
  id: string;
  /** The moderator's reasons. */
  reason: string;
  createdAt: string;
  about: DecidedAbout | null;
  /** He has yet to say that he read it, or how his appeal was decided. */
  isActive: boolean;
  appeal: {
    text: string;
    at: string;
    decided: { at: string; answer: string; isGranted: boolean } | null;
  } | null;
};

/** A sanction, with what it came from where that was a flag. */
export type OwnSanctionDecision = OwnSanction & { about: DecidedAbout | null };
