import { createHmac } from "node:crypto";
import type { SystemEvent } from "~/chats/system-event";
import type { messageTypes } from "~/db/schema";
import { type ChainRecord, recordHash } from "../../../bin/transcript/chain.mjs";

/** A message with everything that it ever said, as `messageRows` reads it. */
export type MessageRow = {
  id: string;
  chat_id: string;
  seq: number;
  created_version: number;
  version: number;
  type: (typeof messageTypes)[number];
  sender_id: string | null;
  body: string | null;
  event: SystemEvent | null;
  reply_to: number | null;
  created_at: string;
  redacted_by: string | null;
  redaction_reason: string | null;
  /** What it said before, oldest first; null when nobody changed it. */
  versions: { version: number; body: string | null; replacedAt: string }[] | null;
  pictures: PictureFacts[] | null;
};

export type PictureFacts = {
  id: string;
  width: number;
  height: number;
  bytes: number;
  /** Of what is stored; null for pictures from before this was noted. */
  sha256: string | null;
  alt: string | null;
};

/** One version of one message, before it has its place in the chain. */
export type MessageVersion = {
  messageId: string;
  seq: number;
  version: number;
  type: MessageRow["type"];
  change: "sent" | "edited" | "unsent" | "redacted";
  /** ISO 8601, UTC. */
  at: string;
  sender: string | null;
  /** The moderator who removed it. */
  redactedBy: string | null;
  replyTo: number | null;
  event: SystemEvent | null;
  body: string | null;
  pictures: PictureFacts[];
  redactionReason: string | null;
};

/** A version with its place in the chain of its chat. */
export type TranscriptRecord = ChainRecord &
  Pick<
    MessageVersion,
    "messageId" | "type" | "change" | "at" | "sender" | "redactedBy" | "replyTo" | "event"
  >;

/** Every version of these messages, in the order in which the chat saw them. */
export function versionsOf(rows: readonly MessageRow[]): MessageVersion[] {
  return rows.flatMap(versionsOfMessage).sort((a, b) => a.version - b.version);
}

/**
 * What stands here is never changed by what happens to the message later, nor by how it is shown:
 * else hashes that were noted would not be found again.
 */
function versionsOfMessage(row: MessageRow): MessageVersion[] {
  const earlier = row.versions ?? [];
  return [...earlier, { version: row.version, body: row.body }].map(({ version, body }, at) => {
    const isRedaction = at === earlier.length && row.redacted_by !== null;
    const gone = isRedaction ? "redacted" : "unsent";
    return {
      messageId: row.id,
      seq: row.seq,
      version,
      type: row.type,
      // Nobody can edit a message to say nothing.
      change: at === 0 ? "sent" : body === null ? gone : "edited",
      at: new Date(earlier[at - 1]?.replacedAt ?? row.created_at).toISOString(),
      sender: row.sender_id,
      redactedBy: isRedaction ? row.redacted_by : null,
      replyTo: row.reply_to,
      event: row.event,
      body,
      pictures: at === 0 ? (row.pictures ?? []) : [],
      redactionReason: isRedaction ? row.redaction_reason : null,
    };
  });
}

/**
 * Puts a version at its place in the chain.
 *
 * @param salt of this deployment
 */
export function chained(
  { body, pictures, redactionReason, ...version }: MessageVersion,
  { chatId, salt, previous }: { chatId: string; salt: string; previous: string },
): TranscriptRecord {
  const part = (name: string, value: unknown) => ({
    salt: createHmac("sha256", salt)
      .update(`${chatId}\n${version.version}\n${name}`)
      .digest("hex")
      .slice(0, 32),
    value,
  });
  const record = {
    ...version,
    parts: {
      body: part("body", body),
      ...(pictures.length && { pictures: part("pictures", pictures) }),
      ...(redactionReason !== null && { redactionReason: part("reason", redactionReason) }),
    },
    previous,
    hash: "",
  };
  return { ...record, hash: recordHash(record) };
}
