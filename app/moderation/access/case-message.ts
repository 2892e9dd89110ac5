import { type AttachmentRow, toAttachment } from "~/attachments/attachment";
import type { Chat, ChatRow, Participant } from "~/chats/chat";
import { type Message, type OwnMessageRow, toMessageOf } from "~/chats/message";
import type { Stage } from "~/chats/system-event";
import type { Verdict } from "~/safety/verdict";

/** What filters said of a version of a message that was stored all the same. */
export type StoredVerdict = Verdict & { version: number; stage: Stage };

/** A message as moderators see it under a case: with what it does not say any more. */
export type CaseMessage = Message & {
  /** What it said before, the oldest first, and until when (ISO 8601, UTC). */
  earlier: { version: number; body: string | null; replacedAt: string }[];
  /** Who removed it, and why. */
  redaction: { by: { id: string; name: string }; reason: string } | null;
  /** Of each version that filters found something in, the oldest first. */
  verdicts: StoredVerdict[];
};

export type CaseParticipant = Participant & {
  joinedAt: string;
  /** Of a moderator who is out of the chat again. */
  leftAt: string | null;
};

export type CaseChat = {
  disputeId: string;
  /** The chat that the case is on: of a private thread, the one that it belongs to. */
  caseChatId: string;
  chat: Chat;
  /** All who ever were in it, with how far they really read. */
  everybody: CaseParticipant[];
};

export type CaseMessageRow = OwnMessageRow & {
  /** Those of a message that was taken back, too. */
  all_attachments: AttachmentRow[] | null;
  earlier: CaseMessage["earlier"] | null;
  verdicts: StoredVerdict[] | null;
  redacted_by: string | null;
  redacted_by_name: string | null;
  redaction_reason: string | null;
};

export function toCaseMessage(
  participants: ChatRow["participants"],
  row: CaseMessageRow,
): CaseMessage {
  const { redacted_by: id, redacted_by_name: name, redaction_reason: reason } = row;
  return {
    ...toMessageOf(participants, row),
    attachments: row.all_attachments?.map((one) => toAttachment(row.chat_id, one)) ?? [],
    earlier: (row.earlier ?? []).map((one) => ({ ...one, replacedAt: iso(one.replacedAt) })),
    verdicts: row.verdicts ?? [],
    redaction: id ? { by: { id, name: name ?? "" }, reason: reason ?? "" } : null,
  };
}

export const iso = (time: string) => new Date(time).toISOString();
