/** What endpoints can be told of. `docs/webhooks.md` says of each when it comes and what it holds. */
export const eventTypes = [
  "message.created",
  "message.updated",
  "chat.created",
  "chat.closed",
  "dispute.opened",
  "dispute.resolved",
  "user.sanctioned",
  "user.sanction_lifted",
] as const;

export type EventType = (typeof eventTypes)[number];
