import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";

/**
 * `ok`: answered with success. `failed`: answered that it was not done. `unknown`: no answer, or one
 * that does not say, to the last try.
 */
export type Outcome = "ok" | "failed" | "unknown";

/** What a writer asked for, and what he was told. Times in ms of one clock. */
type Asked = {
  chatId: string;
  userId: string;
  /** Its own among all that is written in a run. */
  body: string;
  outcome: Outcome;
  tries: number;
  /** The status that it was refused with. */
  refusedWith?: number;
  startedAt: number;
  endedAt: number;
};

export type Send = Asked & {
  clientId: string;
  /** The message that each successful answer named: the same one, unless a repeat was taken twice. */
  answers: { id: string; seq: number }[];
  /** Which instance gave the answer. */
  instance?: number;
  /** It was made to be refused. */
  isBad?: boolean;
};

export type Revision = Asked & { seq: number; what: "edit" | "unsend" };

/** A durable event as a reader received it, with the id to resume after. */
export type Received = {
  at: number;
  event: string;
  id: string;
  chatId: string;
  version: number;
  /** Of a message. */
  message?: Message;
};

/**
 * What a reader received from one cursor on, over however many connections: he resumed each time
 * after the last id. Ends with a `resync` or another epoch, after which everything is read anew.
 */
export type Lineage = {
  /** The newest seq of each chat on the page that was read before; null after a `resync`. */
  loaded: Record<string, number> | null;
  events: Received[];
};

/** A chat as a reader's page shows it, or as a fresh page would. */
export type Shown = { chat: Chat; messages: Message[]; unread: number };

export type Reading = {
  reader: string;
  userId: string;
  lineages: Lineage[];
  /** What the live page shows in the end, and what a reload shows, chat by chat. */
  live: Shown[];
  reload: Shown[];
};

/** A message as the database has it, with everything that it said before, the oldest first. */
export type Row = {
  id: string;
  seq: number;
  version: number;
  createdVersion: number;
  clientId: string | null;
  senderId: string | null;
  body: string | null;
  earlier: (string | null)[];
  isUnsent: boolean;
};

export type TrueChat = {
  id: string;
  version: number;
  lastSeq: number;
  rows: Row[];
  /** How many messages lie behind each participant's read position, counted one by one. */
  unread: Record<string, number>;
};

/** All that is known of a run when it is over. */
export type History = {
  sends: Send[];
  revisions: Revision[];
  readings: Reading[];
  chats: TrueChat[];
};

/** A broken promise. */
export type Violation = { rule: string; detail: string };
