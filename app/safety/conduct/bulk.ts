import type { BulkLimits } from "./limits";
import type { Print } from "./print";

/** In how many chats somebody wrote alike within a day: of those that he began, and altogether. */
export type Alike = { opened: number; total: number };

/**
 * Who begins chats to say the same in each of them addresses people who did not ask; who gives many
 * who asked the same answer does what sellers do, unless it is long or calls to something, and goes to
 * more people than ask.
 */
export function isTooMany(
  { opened, total }: Alike,
  { isCall, isHis }: Pick<Print, "isCall"> & { isHis: boolean },
  limits: BulkLimits,
): boolean {
  if (isHis && opened >= (isCall ? limits.opened : limits.openedShort)) return true;
  return isCall && total >= limits.answered;
}
