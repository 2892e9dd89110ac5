import { type SQL, sql } from "drizzle-orm";
import type { CommittedChange } from "~/live/change";
import type { SentNotice } from "~/live/notify.server";
import type { ParticipantRole } from "./message";
import { toSentChange } from "./sent-change.server";

/** What a notification says of a text message beside its place and people. */
type Carried = [
  xid: string,
  id: string,
  clientId: string,
  /** In ms since 1970. */
  createdAt: number,
  role: ParticipantRole,
  name: string,
  replyTo: number | null,
  body: string,
];

/** `Carried` as JSON, in the statement that stores the message. */
export const carriedText: SQL = sql`json_build_array(pg_current_xact_id()::text, id, client_id,
  (extract(epoch from created_at) * 1000)::bigint, role, name, reply_to, body)::text`;

/** A message that its notification carried, as the process that committed it has it. */
export function carriedChange(notice: SentNotice): CommittedChange {
  const [xid, id, clientId, createdAt, role, name, replyTo, body] = notice.carried as Carried;
  const { chatId, from } = notice;
  const draft = { chatId, clientId, body, replyTo: replyTo ?? undefined };
  return toSentChange(
    { id, viewer: { id: from }, draft },
    { ...notice, xid, createdAt, role, name },
  );
}
