import type { ChangeMark } from "./cursor";
import type { Snapshot } from "./snapshot";

/** One durable event of a chat, at its version. What it says is the domain's affair. */
export type Change = ChangeMark & {
  event: string;
  data: unknown;
  /** Of a message: its place and who sent it, for receipts. */
  seq?: number;
  from?: string;
};

export type Changes = { snapshot: Snapshot; complete: boolean; changes: Change[] };

export type ChangedChat = { chatId: string; version: number; userIds: string[] };
