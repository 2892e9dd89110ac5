/**
 * What keeps a chat or an account as it is: a dispute that is not resolved; a decision that can
 * still be appealed; a flag that is not decided; an appeal, of a dispute's decision, a flag's or a
 * sanction, that is not decided; and what an admin said.
 */
export const holdKinds = ["dispute", "decision", "flag", "appeal", "legal"] as const;

export type HoldKind = (typeof holdKinds)[number];

export type Hold = {
  kind: HoldKind;
  /** Of the dispute, the flag, the sanction or the legal hold. */
  id: string;
  /** The chat in which it is, also where that is a private thread; null for what is a person's own. */
  chatId: string | null;
  /** Of a legal hold of a person: whose. */
  userId: string | null;
  /** When it ends by itself, ISO 8601 in UTC; null where nobody can tell. */
  until: string | null;
  /** Why an admin placed it. */
  reason: string | null;
};

/** What an admin placed, as pages show it; times are ISO 8601 in UTC. */
export type LegalHold = {
  id: string;
  reason: string;
  placedBy: string;
  placedAt: string;
  endsAt: string | null;
  lifted: { by: string; at: string; reason: string } | null;
  isInForce: boolean;
};
