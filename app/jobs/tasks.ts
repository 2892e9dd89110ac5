import type { Place } from "~/retention/compact/place";

/** Every kind of job, and what it takes: ids, never what could change before it runs. */
export type Tasks = {
  /**
   * Push to all of a person's devices that a chat has unread messages, if it still has; `isAgain`:
   * also what some of the devices were told already, for those that were not to be reached.
   */
  "push-messages": { userId: string; chatId: string; isAgain?: true };
  /** Tell a person's devices that what they show of a chat was read elsewhere. */
  "push-read": { userId: string; chatId: string };
  /** Have a person's devices show of a chat what is left after a transaction took something back. */
  "push-changed": { userId: string; chatId: string; xid: string };
  /** Push one notification to all of a person's devices. */
  "push-notification": { notificationId: string };
  /** Mail one notification. */
  "mail-notification": { notificationId: string };
  /** Mail a person what is unread and due. */
  "mail-digest": { userId: string };
  /** Go on with a run of retention; without one, begin it if none is under way. */
  retention: { runId?: string };
  /** Give the room of deleted rows back to the file system, from there on. */
  compact: { place: Place | null };
  /** Make what somebody asked for of his own data, or remove it when its time is over. */
  "personal-export": { exportId: string };
  /** Bring an archived chat back. */
  "restore-chat": { chatId: string };
  /** Do what is left of somebody's erasure, unless something holds it. */
  erase: { userId: string };
};

export type TaskName = keyof Tasks;
