/** What the host marketplace says of somebody, shown to whom he writes to; null: nothing. */
export type PersonCard = {
  isVerified: boolean | null;
  dealsDone: number | null;
  /** ISO 8601 in UTC. */
  memberSince: string;
};
