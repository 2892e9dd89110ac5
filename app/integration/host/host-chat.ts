import { type Chat, type ChatRow, whatAllSee } from "~/chats/chat";
import type { ParticipantRole } from "~/chats/message";

/** A chat as the host sees it: not as one of those in it, with his unread count and his mute. */
export type HostChat = Pick<
  Chat,
  | "id"
  | "version"
  | "status"
  | "subject"
  | "lastSeq"
  | "lastMessageAt"
  | "createdAt"
  /** The latest on this chat; what a side wrote in it stands in the dispute itself. */
  | "dispute"
> & {
  /** The buyer, the seller, and moderators who joined. */
  participants: HostParticipant[];
  /** ISO 8601 in UTC; null while it was neither. */
  closedAt: string | null;
  archivedAt: string | null;
};

export type HostParticipant = {
  id: string;
  /** What the host calls him; null for who did not come from there. */
  externalId: string | null;
  name: string;
  role: ParticipantRole;
  deliveredSeq: number;
  /** Null where he keeps to himself what he read. */
  readSeq: number | null;
};

/** A row of `hostChatColumns`. */
export type HostChatRow = ChatRow & {
  closed_at: string | null;
  archived_at: string | null;
  external_ids: Record<string, string | null>;
};

export function toHostChat(row: HostChatRow): HostChat {
  return {
    ...whatAllSee(row),
    participants: row.participants.filter(({ hasLeft }) => !hasLeft).map(participantOf(row)),
    closedAt: row.closed_at && iso(row.closed_at),
    archivedAt: row.archived_at && iso(row.archived_at),
  };
}

/** While one side blocks the other, no farther than the other side sees him: the host may show it. */
const participantOf =
  (row: HostChatRow) =>
  (person: HostChatRow["participants"][number]): HostParticipant => ({
    id: person.id,
    externalId: row.external_ids[person.id] ?? null,
    name: person.name,
    role: person.role,
    deliveredSeq: person.blockedDeliveredSeq ?? person.deliveredSeq,
    readSeq: person.sharesReads ? (person.blockedReadSeq ?? person.readSeq) : null,
  });

const iso = (time: string) => new Date(time).toISOString();
