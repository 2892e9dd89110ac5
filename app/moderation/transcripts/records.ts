import { createHmac } from "node:crypto";
import type { SystemEvent } from "~/chats/system-event";
import type { erasableParts, messageTypes } from "~/db/schema";
import { type ChainRecord, type Part, recordHash } from "../../../bin/transcript/chain.mjs";

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
  versions: (Said & { replacedAt: string })[] | null;
  pictures: PictureFacts[] | null;
  /** What went when somebody was erased; null where nothing did. */
  erased: ErasedPart[] | null;
};

/** What a part of a version, or its record, hashed to before something of it was erased. */
export type ErasedPart = { version: number; part: (typeof erasableParts)[number]; hash: string };

/** What a message says in one version, or that it was removed in it. */
type Said = {
  version: number;
  body: string | null;
  redactedBy: string | null;
  redactionReason: string | null;
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
  /** `restored`: a removal was lifted on appeal. */
  change: "sent" | "edited" | "unsent" | "redacted" | "restored";
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
  /** Hashes of what was erased of it; body, pictures and reason are what is left. */
  erased: { [part in ErasedPart["part"]]?: string };
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
  const { version, body, redacted_by: redactedBy, redaction_reason: redactionReason } = row;
  const now: Said = { version, body, redactedBy, redactionReason };
  const erasedOf = (version: number): MessageVersion["erased"] =>
    Object.fromEntries(
      row.erased?.flatMap((one) => (one.version === version ? [[one.part, one.hash]] : [])) ?? [],
    );
  return [...earlier, now].map(({ version, body, redactedBy, redactionReason }, at) => {
    const erased = erasedOf(version);
    const gone = redactedBy === null ? "unsent" : "redacted";
    const changed = earlier[at - 1]?.redactedBy ? "restored" : "edited";
    return {
      messageId: row.id,
      seq: row.seq,
      version,
      type: row.type,
      // Nobody can edit a message to say nothing.
      change: at === 0 ? "sent" : body === null && !erased.body ? gone : changed,
      at: new Date(earlier[at - 1]?.replacedAt ?? row.created_at).toISOString(),
      sender: row.sender_id,
      redactedBy,
      replyTo: row.reply_to,
      event: row.event,
      body,
      pictures: at === 0 ? (row.pictures ?? []) : [],
      redactionReason,
      erased,
    };
  });
}

/**
 * Puts a version at its place in the chain.
 *
 * @param salt of this deployment
 */
export function chained(
  { body, pictures, redactionReason, erased, ...version }: MessageVersion,
  { chatId, salt, previous }: { chatId: string; salt: string; previous: string },
): TranscriptRecord {
  const part = (name: keyof typeof saltNames, value: unknown): Part => ({
    salt: createHmac("sha256", salt)
      .update(`${chatId}\n${version.version}\n${saltNames[name]}`)
      .digest("hex")
      .slice(0, 32),
    value,
  });
  const partOf = (name: keyof typeof saltNames, value: unknown, isThere: boolean) => {
    const hash = erased[name];
    return hash ? { [name]: { hash } } : isThere ? { [name]: part(name, value) } : {};
  };
  const record = {
    ...version,
    parts: {
      ...partOf("body", body, true),
      ...partOf("pictures", pictures, pictures.length > 0),
      ...partOf("redactionReason", redactionReason, redactionReason !== null),
    },
    ...(Object.keys(erased).length && {
      erased: { ...(erased.body && { body }), ...(erased.record && { record: true as const }) },
    }),
    previous,
    hash: "",
  };
  return { ...record, hash: erased.record ?? recordHash(record) };
}

/** Never to be changed: they are in every hash. */
const saltNames = { body: "body", pictures: "pictures", redactionReason: "reason" } as const;
