import { type Dispute, type DisputeRow, toDispute } from "~/moderation/disputes/dispute";
import type { ParticipantRole } from "./message";
import type { ChatStatus, Stage } from "./system-event";

/** A chat as pages, streams and the API show it: its state, without its messages. */
export type Chat = {
  id: string;
  version: number;
  status: ChatStatus;
  subject: {
    reference: string;
    title: string;
    /** In the currency's smallest unit. */
    priceAmount: number;
    priceCurrency: string;
    picture: string | null;
    stage: Stage;
  };
  participants: Participant[];
  /** Of a private thread, where moderators write to one side alone: the chat and the dispute. */
  privateThread: { chatId: string; disputeId: string } | null;
  /** Whether the viewer blocks the other side. That he is blocked himself nobody is told. */
  isBlocked: boolean;
  /** Until then the viewer is not called for it: ISO 8601 in UTC or `ever`; null: he is. */
  mutedUntil: string | null;
  lastSeq: number;
  lastMessageAt: string;
  createdAt: string;
  /** The latest on this chat, whatever became of it. */
  dispute: Dispute | null;
};

export type Participant = {
  id: string;
  name: string;
  role: ParticipantRole;
  /** 0 where he or the viewer keeps to himself what he read. */
  readSeq: number;
  deliveredSeq: number;
};

/** A row of `chatColumns`, as PostgreSQL's `to_jsonb` gives it. */
export type ChatRow = {
  id: string;
  version: number;
  state_version: number;
  status: ChatStatus;
  reference: string;
  title: string;
  price_amount: number;
  price_currency: string;
  picture: string | null;
  stage: Stage;
  last_seq: number;
  last_message_at: string;
  created_at: string;
  dispute: DisputeRow | null;
  private_thread: Chat["privateThread"];
  /** Who of the two sides blocks the other. */
  blocked_by: string[];
  /** Those who have left too: their messages stay. */
  participants: ParticipantRow[];
};

type ParticipantRow = Participant & {
  sharesReads: boolean;
  hasLeft: boolean;
  /** How far the other side sees him while one of them blocks the other. */
  blockedReadSeq: number | null;
  blockedDeliveredSeq: number | null;
  /** Null when it is over by now. */
  mutedUntil: string | null;
};

/** @param viewerId what each participant has read is shown only to those with whom he shares it */
export function toChat(row: ChatRow, viewerId: string): Chat {
  return {
    ...whatAllSee(row),
    participants: shownTo(viewerId, row.participants),
    privateThread: row.private_thread,
    isBlocked: row.blocked_by.includes(viewerId),
    mutedUntil: mutedUntil(row.participants.find(({ id }) => id === viewerId)),
  };
}

/** What is the same of a chat for whoever sees it. */
export function whatAllSee(row: ChatRow) {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    subject: {
      reference: row.reference,
      title: row.title,
      priceAmount: row.price_amount,
      priceCurrency: row.price_currency,
      picture: row.picture,
      stage: row.stage,
    },
    lastSeq: row.last_seq,
    lastMessageAt: new Date(row.last_message_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    dispute: row.dispute && toDispute(row.dispute),
  };
}

/**
 * The chat as it is, also where one side blocks the other: to judge what may be done in it, and not
 * to be shown, because whoever is blocked may not know.
 */
export function toChatAsIs(row: ChatRow, viewerId: string): Chat {
  return { ...toChat(row, viewerId), isBlocked: row.blocked_by.length > 0 };
}

function mutedUntil(viewer?: ParticipantRow): string | null {
  const until = viewer?.mutedUntil ?? null;
  if (until === "infinity") return "ever";
  return until && new Date(until).toISOString();
}

function shownTo(viewerId: string, participants: ParticipantRow[]): Participant[] {
  const viewer = participants.find(({ id }) => id === viewerId);
  const present = participants.filter(({ hasLeft }) => !hasLeft);
  return present.map(({ id, name, role, sharesReads, ...row }) => {
    const isOwn = id === viewerId;
    // Moderators in the chat see it as it is.
    const isHeld = !isOwn && viewer?.role !== "moderator";
    const readSeq = (isHeld ? row.blockedReadSeq : null) ?? row.readSeq;
    const deliveredSeq = (isHeld ? row.blockedDeliveredSeq : null) ?? row.deliveredSeq;
    const isShown = isOwn || (viewer?.sharesReads && sharesReads);
    return { id, name, role, readSeq: isShown ? readSeq : 0, deliveredSeq };
  });
}

/** Those whom a participant talks to: the other side, or both; where there is none, moderators. */
export function othersOf(chat: Chat, userId: string): Participant[] {
  const others = chat.participants.filter(({ id }) => id !== userId);
  const sides = others.filter(({ role }) => role !== "moderator");
  return sides.length ? sides : others;
}

/** What a participant knows the chat by: their names; a thread that all moderators left has none. */
export function namesOfOthers(chat: Chat, userId: string): string {
  const names = othersOf(chat, userId).map(({ name }) => name);
  return names.join(", ") || chat.subject.title;
}

/** The one whom a participant talks to. */
export function otherParty(chat: Chat, userId: string): Participant | undefined {
  return othersOf(chat, userId)[0];
}
