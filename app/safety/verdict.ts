import type { filterActions } from "~/db/schema";
import type { FilterKind } from "./filters";

/** What becomes of a message, from the weakest to the strongest; the strongest of all reasons wins. */
export type FilterAction = (typeof filterActions)[number];

/** What was found in a message, and what that leads to. */
export type Reason = {
  /** `rule`: one of the admins' own. */
  kind: FilterKind | "rule";
  action: Exclude<FilterAction, "allow">;
  /** As the sender wrote them; what was split over messages in the order in which it was sent. */
  words: string[];
  /** Written so as not to be found. */
  isDisguised?: true;
  /** The places of earlier messages of which it is a part, in rising order. */
  earlier?: number[];
  /** Of a rule: which version of it, and what the sender is told. */
  rule?: { id: string; version: number; message: string };
  /** Of `bulk` and `new_account`: in how many chats. */
  chats?: number;
};

export type Verdict = { action: FilterAction; reasons: Reason[] };

export const allowed: Verdict = { action: "allow", reasons: [] };
