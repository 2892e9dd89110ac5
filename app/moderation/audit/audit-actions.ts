/** Everything that is ever written into the audit log; each has its sentence as `audit.action.…`. */
export const auditActions = [
  "dispute.opened",
  "dispute.withdrawn",
  "dispute.claimed",
  "dispute.handed_over",
  "dispute.released",
  "dispute.viewed",
  "dispute.noted",
  "dispute.decided",
  "dispute.appealed",
  "flag.raised",
  "flag.reported",
  "flag.viewed",
  "flag.claimed",
  "flag.released",
  "flag.decided",
  "flag.appealed",
  "chat.viewed",
  "chat.searched",
  "chat.joined",
  "chat.left",
  "chat.written",
  "chat.private_thread_opened",
  "chat.frozen",
  "chat.thawed",
  "message.redacted",
  "message.restored",
  "picture.viewed",
  "transcript.exported",
  "template.saved",
  "template.deleted",
  "user.viewed",
  "user.role_changed",
  "user.sessions_ended",
  "sanction.imposed",
  "sanction.lifted",
  "sanction.appealed",
  "sanction.appeal_decided",
  "audit.viewed",
  "audit.exported",
  "signing_key.rotated",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** The log may hold what another version of the program wrote. */
export function isAuditAction(action: string): action is AuditAction {
  return (auditActions as readonly string[]).includes(action);
}
