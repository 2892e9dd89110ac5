/** What is known of the archive of a chat without reading it; times are ISO 8601 in UTC. */
export type ArchiveCard = {
  archivedAt: string;
  /** Of the chat and its private threads. */
  messages: number;
  /** When somebody last asked for the chat to be brought back; it is on its way then. */
  askedAt: string | null;
};
