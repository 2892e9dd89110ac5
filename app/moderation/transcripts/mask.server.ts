import { type Part, partHash, pieceHash, piecesOf } from "../../../bin/transcript/chain.mjs";
import type { AuditAction } from "../audit/audit-actions";
import { contactDetails } from "./contact-details.server";
import type { TranscriptRecord } from "./records";
import type { Copy, Transcript, TranscriptDispute, TranscriptPerson } from "./transcript";

/** Who gets a copy. `sharesReads`: whether he and the other side show each other what they read. */
export type Reader = { id: string; side: Exclude<Copy, "full" | "host">; sharesReads: boolean };

/** What both sides know of anyway, because the chat told them. */
const shownActions = new Set<string>([
  "dispute.opened",
  "dispute.withdrawn",
  "dispute.claimed",
  "dispute.decided",
  "dispute.appealed",
  "chat.joined",
  "chat.left",
  "chat.frozen",
  "chat.thawed",
  "message.redacted",
] satisfies AuditAction[]);

/**
 * The copy for one side: what the chat shows to that side, without the other's name and contact
 * details. What is masked in messages stands there as its hash, so that the chain holds as before.
 */
export function maskTranscript(full: Transcript, reader: Reader): Transcript {
  const isReader = (id: string | null) => id === reader.id;
  const masked = (chat: Pick<Transcript, "messages" | "people">) => ({
    people: chat.people.map((person) => maskPerson(person, reader)),
    messages: maskMessages(chat, reader),
  });
  return {
    ...full,
    copy: reader.side,
    exportedBy: isReader(full.exportedBy) ? full.exportedBy : null,
    ...masked(full),
    // Neither side is to learn what was found in the other's words, nor how to get around it.
    verdicts: [],
    disputes: full.disputes.map((dispute) => maskDispute(dispute, reader)),
    actions: actionsOf(full),
    threads: full.threads
      .filter(({ privateTo }) => isReader(privateTo))
      .map((thread) => ({ ...thread, ...masked(thread) })),
  };
}

/**
 * The copy for the host: what the chat shows to its sides, with their names and contact details. What
 * is for moderators alone is for them alone here, too.
 */
export function maskForHost(full: Transcript): Transcript {
  return {
    ...full,
    copy: "host",
    messages: maskMessages(full, null),
    verdicts: [],
    disputes: full.disputes.map((dispute) => maskDispute(dispute, null)),
    actions: actionsOf(full),
    threads: [],
  };
}

function actionsOf({ actions, chatId }: Transcript): Transcript["actions"] {
  return actions
    .filter((one) => shownActions.has(one.action) && one.chatId === chatId)
    .map((action) => ({ ...action, personId: null, details: null }));
}

function maskPerson(person: TranscriptPerson, reader: Reader): TranscriptPerson {
  if (person.id === reader.id) return person;
  return {
    ...person,
    // Moderators act under their names, and the chat shows them.
    name: person.role === "moderator" ? person.name : null,
    readSeq: reader.sharesReads && person.role !== "moderator" ? person.readSeq : null,
  };
}

/** What a side wrote to moderators is for them alone. */
function maskDispute(dispute: TranscriptDispute, reader: Reader | null): TranscriptDispute {
  if (dispute.openedBy === reader?.id) return dispute;
  const isForBoth = dispute.openedAs === "moderator" || dispute.openedAs === "host";
  return { ...dispute, statement: isForBoth ? dispute.statement : null, pictures: [] };
}

/** @param reader null where neither side's contact details are to be kept from who reads it */
function maskMessages(
  { messages, people }: Pick<Transcript, "messages" | "people">,
  reader: Reader | null,
): TranscriptRecord[] {
  const latest = new Map(messages.map((record) => [record.messageId, record]));
  const isOfOther = (record: TranscriptRecord) =>
    reader !== null &&
    people.some(({ id, role }) => id === record.sender && id !== reader.id && role !== "moderator");
  /** What is left of a text has no place in the chain, and so no pieces that could be masked. */
  const shownErased = (record: TranscriptRecord, now: TranscriptRecord) =>
    now === record && !isOfOther(record) ? record.erased?.body : undefined;
  return messages.map((record) => {
    const now = latest.get(record.messageId) ?? record;
    const isGone = now.change === "unsent" || now.change === "redacted";
    const { body, pictures, redactionReason } = record.parts;
    const shownBody = isOfOther(record) ? withoutContactDetails(body) : body;
    return {
      ...record,
      parts: {
        ...(body && { body: now === record ? (shownBody ?? body) : hidden(body) }),
        ...(pictures && { pictures: isGone ? hidden(pictures) : pictures }),
        ...(redactionReason && { redactionReason: hidden(redactionReason) }),
      },
      ...(record.erased && { erased: { ...record.erased, body: shownErased(record, now) } }),
    };
  });
}

const hidden = (part: Part) => ({ hash: partHash(part) });

function withoutContactDetails(part: Part | undefined): Part | undefined {
  if (!part || !("value" in part) || typeof part.value !== "string") return part;
  const ranges = contactDetails(part.value);
  if (!ranges.length) return part;
  let start = 0;
  const pieces = piecesOf({ salt: part.salt, value: part.value }).map((piece) => {
    const end = start + String(piece.value).length;
    const isHidden = ranges.some((range) => range.start < end && range.end > start);
    start = end;
    return isHidden ? { hash: pieceHash(piece) } : piece;
  });
  return { pieces };
}
