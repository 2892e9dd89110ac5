import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

export const channel = "parley";

/** Ids and numbers only: text could be too long for a notification or hold what it refuses. */
export type Notification =
  | { kind: "change"; chatId: string; version: number; userIds: string[] }
  | ({ kind: "position" } & Position)
  | ({ kind: "sent" } & SentNotice)
  | { kind: "session-ended"; sessionId: string }
  | { kind: "privacy"; userId: string; sharesPresence: boolean }
  | { kind: "typing"; chatId: string; userId: string; userIds: string[] }
  | ({ kind: "presence" } & PresenceNews);

/** Who is there, who is not any more; `ask`: somebody here knows of nobody yet. */
export type PresenceNews = { online?: string[]; offline?: string[]; ask?: true };

/** A new message: a change at `version`, and `from`, who sent it, has read up to it. */
type SentNotice = {
  chatId: string;
  version: number;
  seq: number;
  from: string;
  sharesReads: boolean;
  userIds: string[];
};

/**
 * How far messages reached a participant; `userIds` are told. `sharesReads` is his own choice:
 * others see `readSeq` only if they share theirs, too.
 */
export type Position = {
  chatId: string;
  userId: string;
  readSeq: number;
  deliveredSeq: number;
  sharesReads: boolean;
  userIds: string[];
};

/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const maxBytes = 7_900;

/**
 * Tells every instance, when and only when the transaction commits. Many notifications travel as
 * one where they fit, because each takes a lock of the whole database at commit.
 */
export async function notify(tx: Db, notifications: Notification[]): Promise<void> {
  for (const payload of packNotifications(notifications)) {
    await tx.execute(sql`select pg_notify(${channel}, ${payload})`);
  }
}

export function packNotifications(notifications: Notification[]): string[] {
  const payloads: string[] = [];
  let packed = "";
  for (const item of notifications.map((notification) => JSON.stringify(notification))) {
    if (packed && packed.length + item.length + 3 > maxBytes) {
      payloads.push(`[${packed}]`);
      packed = "";
    }
    packed += packed ? `,${item}` : item;
  }
  return packed ? [...payloads, `[${packed}]`] : payloads;
}

export function unpackNotifications(payload: string): Notification[] {
  return JSON.parse(payload) as Notification[];
}
