import type { sanctionKinds } from "~/db/schema";

export type SanctionKind = (typeof sanctionKinds)[number];

/** Who did something, by the name that he has now. */
type Person = { id: string; name: string };

/** What a person bears, or bore, with all that became of it. Times as ISO 8601 in UTC. */
export type Sanction = {
  id: string;
  userId: string;
  kind: SanctionKind;
  reason: string;
  /** What it came from. */
  disputeId: string | null;
  flagId: string | null;
  imposedBy: Person;
  createdAt: string;
  /** Of a suspension. */
  endsAt: string | null;
  /** Neither lifted nor over; a warning is until it is acknowledged. */
  isActive: boolean;
  acknowledgedAt: string | null;
  appeal: { text: string; at: string; decided: Answered | null } | null;
  lifted: { by: Person; at: string; reason: string } | null;
};

/** As the person himself sees it: moderators act for the marketplace, not in their own name. */
export type OwnSanction = Omit<
  Sanction,
  "userId" | "disputeId" | "flagId" | "imposedBy" | "appeal" | "lifted"
> & {
  appeal: { text: string; at: string; decided: { at: string; answer: string } | null } | null;
  lifted: { at: string; reason: string } | null;
};

/** How another moderator decided an appeal; with `lifted` it was granted. */
type Answered = { by: Person; at: string; answer: string };

/** How long a suspension can last, in days: what the form offers. */
export const suspensionDays = [1, 3, 7, 14, 30, 90, 365] as const;

/** Of a reason, an appeal and an answer, in user-perceived characters. */
export const mostWritten = 2_000;
