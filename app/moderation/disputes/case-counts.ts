/**
 * What waits for moderators: disputes that nobody looks after, those that are late, appeals of
 * sanctions, and flags that nobody looks at.
 */
export type CaseCounts = {
  unclaimed: number;
  overdue: number;
  sanctionAppeals: number;
  flags: number;
};
