import type { stages } from "~/db/schema";
import type { FilterAction } from "./verdict";

export type Stage = (typeof stages)[number];

export const filterKinds = [
  "email",
  "phone",
  "link",
  "handle",
  "payment",
  "profanity",
  "slur",
  "threat",
  "scam",
  "bulk",
  "new_account",
] as const;

export type FilterKind = (typeof filterKinds)[number];

/** How much it takes: `low` finds what is plain, `high` also what only looks like it. */
export const strengths = ["low", "normal", "high"] as const;

export type Strength = (typeof strengths)[number];

/** How one kind of filter is set. */
export type Filter = {
  isOn: boolean;
  strength: Strength;
  actions: Record<Stage, FilterAction>;
};

export type FiltersByKind = Record<FilterKind, Filter>;

/** Before there is a deal, and when there is none any more, people have no need to meet elsewhere. */
function byDeal(without: FilterAction, within: FilterAction): Filter["actions"] {
  return {
    inquiry: without,
    paid: within,
    shipped: within,
    completed: within,
    cancelled: without,
  };
}

const on = (actions: Filter["actions"]): Filter => ({ isOn: true, strength: "normal", actions });

/** Strict while there is no deal, relaxed from `paid` on; abuse and scams are judged the same always. */
export const defaultFilters: FiltersByKind = {
  email: on(byDeal("block", "allow")),
  phone: on(byDeal("warn", "allow")),
  link: on(byDeal("block", "flag")),
  handle: on(byDeal("warn", "allow")),
  payment: on(byDeal("block", "flag")),
  profanity: on(byDeal("warn", "warn")),
  slur: on(byDeal("block", "block")),
  threat: on(byDeal("flag", "flag")),
  scam: on(byDeal("block", "block")),
  bulk: on(byDeal("flag", "flag")),
  new_account: on(byDeal("flag", "flag")),
};
