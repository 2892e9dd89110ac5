import type { Stage } from "~/chats/system-event";
import type { Retention } from "./policy";

/** In the order in which pages show them. */
export const retentionStages = [
  "inquiry",
  "paid",
  "shipped",
  "completed",
  "cancelled",
] as const satisfies Stage[];

export const steps = [
  "closeAfter",
  "archiveAfter",
  "deleteAfter",
] as const satisfies (keyof Retention)[];

/** What the field of one stage and step is called in the form. */
export const fieldOf = (stage: Stage, step: (typeof steps)[number]) => `${stage}_${step}` as const;
