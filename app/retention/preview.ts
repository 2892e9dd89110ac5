import type { DueKind } from "./due";

/** In how many months from now a preview looks. */
export const horizons = [0, 1, 3, 12] as const;

export type Touched = { chats: number; messages: number };

/** What will have been done to how many by then, as it is set now and as it would be. */
export type Preview = {
  kinds: { kind: DueKind; at: { months: number; before: Touched; after: Touched }[] }[];
  /** Of those that would be touched at once, those that something holds. */
  held: number;
};
