import type { ChangeMark } from "./cursor";
import type { Snapshot } from "./snapshot";

/** One durable event of a chat, at its version. What it says is the domain's affair. */
export type Change = ChangeMark & {
  event: string;
  data: unknown;
  /** Where not everybody may see all of `data`: what this reader is shown instead. */
  shownTo?: (userId: string) => unknown;
  /** Of a message: its place and who sent it, for receipts. */
  seq?: number;
  from?: string;
  /** Of a new message: when its row was written, by the database's clock, as Unix time in ms. */
  writtenAt?: number;
};

export type Changes = { snapshot: Snapshot; complete: boolean; changes: Change[] };

export type ChangedChat = { chatId: string; version: number; userIds: string[] };

/**
 * A change that this process has just committed, whole, and who was in the chat then. With
 * `sharesReads` it is a message, which says too that its sender has read up to it.
 */
export type CommittedChange = Change & { userIds: string[]; sharesReads?: boolean };
