/** What waits for moderators: disputes that nobody looks after, those that are late, and appeals. */
export type CaseCounts = { unclaimed: number; overdue: number; sanctionAppeals: number };
