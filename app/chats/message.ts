import { type Attachment, type AttachmentRow, toAttachment } from "~/attachments/attachment";
import type { messageTypes, participantRoles } from "~/db/schema";
import type { SystemEvent } from "./system-event";
import { textLinks } from "./text-links.server";

export type ParticipantRole = (typeof participantRoles)[number];

/** A message as pages, streams and the API show it; times are ISO 8601 in UTC. */
export type Message = {
  id: string;
  chatId: string;
  seq: number;
  version: number;
  clientId: string | null;
  sender: { id: string; name: string; role: ParticipantRole } | null;
  type: (typeof messageTypes)[number];
  /** Null when it was unsent, for pictures without words, and for a system message that is not the host’s. */
  body: string | null;
  /** The web addresses in `body`, in the order in which they stand there. */
  links: TextLink[];
  /** What a system message says. */
  event: SystemEvent | null;
  /** In the order in which they were sent; none of a message that was taken back. */
  attachments: Attachment[];
  /** The seq that it answers. */
  replyTo: number | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  editedAt: string | null;
  /** Unsent by its sender, or removed by a moderator. */
  deletedAt: string | null;
  /** A moderator removed it. */
  isRedacted: boolean;
};

/** From `start` to before `end` in UTF-16 units; what is shown may lack the `http://` of `url`. */
export type TextLink = { start: number; end: number; url: string };

/** A row of `messageColumns`, as PostgreSQL's `to_jsonb` gives it. */
export type MessageRow = {
  id: string;
  chat_id: string;
  seq: number;
  created_version: number;
  version: number;
  client_id: string | null;
  sender_id: string | null;
  sender_name: string | null;
  sender_role: ParticipantRole | null;
  type: Message["type"];
  body: string | null;
  event: SystemEvent | null;
  attachments: AttachmentRow[] | null;
  reply_to: number | null;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
  is_redacted: boolean;
};

/** A row of `ownMessageColumns`. */
export type OwnMessageRow = Omit<MessageRow, "sender_name" | "sender_role">;

/** Only participants write: who is who stands beside the messages of a chat. */
export function toMessageOf(
  participants: readonly NonNullable<Message["sender"]>[],
  row: OwnMessageRow,
): Message {
  const sender = participants.find(({ id }) => id === row.sender_id);
  return toMessage({
    ...row,
    sender_name: sender?.name ?? null,
    sender_role: sender?.role ?? null,
  });
}

export function toMessage(row: MessageRow): Message {
  const sender =
    row.sender_id && row.sender_role
      ? { id: row.sender_id, name: row.sender_name ?? "", role: row.sender_role }
      : null;
  return {
    id: row.id,
    chatId: row.chat_id,
    seq: row.seq,
    version: row.version,
    clientId: row.client_id,
    sender,
    type: row.type,
    body: row.body,
    links: textLinks(row.body),
    event: row.event,
    attachments: row.attachments?.map((one) => toAttachment(row.chat_id, one)) ?? [],
    replyTo: row.reply_to,
    createdAt: iso(row.created_at),
    editedAt: row.edited_at && iso(row.edited_at),
    deletedAt: row.deleted_at && iso(row.deleted_at),
    isRedacted: row.is_redacted,
  };
}

/** PostgreSQL says UTC as an offset, and microseconds; reading a time costs more than cutting it. */
const iso = (time: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}\+00:00$/.test(time)
    ? `${time.slice(0, 23)}Z`
    : new Date(time).toISOString();
