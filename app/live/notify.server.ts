import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

export const channel = "parley";

/**
 * Ids and numbers, and of a message that was just stored what else it takes to show it, where that
 * is short: text that comes from the database holds nothing that a notification refuses.
 */
export type Notification =
  | { kind: "change"; chatId: string; version: number; userIds: string[] }
  | ({ kind: "position" } & Position)
  | ({ kind: "sent" } & SentNotice)
  | { kind: "session-ended"; sessionId: string }
  /** What a person is shown of himself on every page changed: his role, a warning. */
  | { kind: "person-changed"; userId: string }
  /** Two people see from now on whether the other is there, or do not any more. */
  | { kind: "acquaintance"; userIds: string[] }
  /** There is something new to read of a topic; who it is for is read, too. */
  | { kind: "news"; topic: string }
  /** Something changed that processes keep a copy of. */
  | { kind: "stale"; what: string }
  | { kind: "privacy"; userId: string; sharesPresence: boolean }
  | { kind: "typing"; chatId: string; userId: string; userIds: string[] }
  | ({ kind: "presence" } & PresenceNews);

/** Who is there, who is not any more; `ask`: somebody here knows of nobody yet. */
export type PresenceNews = { online?: string[]; offline?: string[]; ask?: true };

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

/** A message came: the chat is at `version` now, and its sender is at `seq` with both positions. */
export type SentNotice = {
  chatId: string;
  version: number;
  seq: number;
  from: string;
  /** The sender's own choice, as in `Position`. */
  sharesReads: boolean;
  userIds: string[];
  /** What it says, as the domain packed it; without it the message has to be read. */
  carried?: unknown;
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
  for (const item of notifications.map(pack)) {
    if (packed && packed.length + item.length + 3 > maxBytes) {
      payloads.push(`[${packed}]`);
      packed = "";
    }
    packed += packed ? `,${item}` : item;
  }
  return packed ? [...payloads, `[${packed}]`] : payloads;
}

/** The one kind that comes by the thousand travels without the names of its fields. */
type Packed = [
  chatId: string,
  version: number,
  seq: number,
  sharesReads: boolean,
  userIds: [from: string, ...others: string[]],
  carried?: unknown,
];

function pack(notification: Notification): string {
  if (notification.kind !== "sent") return JSON.stringify(notification);
  const { chatId, version, seq, sharesReads, from, userIds } = notification;
  const others = userIds.filter((userId) => userId !== from);
  return JSON.stringify([chatId, version, seq, sharesReads, [from, ...others]] satisfies Packed);
}

export function unpackNotifications(payload: string): Notification[] {
  return (JSON.parse(payload) as (Notification | Packed)[]).map((item) => {
    if (!Array.isArray(item)) return item;
    const [chatId, version, seq, sharesReads, userIds, carried] = item;
    return { kind: "sent", chatId, version, seq, from: userIds[0], sharesReads, userIds, carried };
  });
}

/** Of what a message says; one that says more is told of, and read. */
const mostCarried = 2_500;
/** A payload ends with the item that goes past this, which has room for ids and numbers beside it. */
const fullBytes = maxBytes - mostCarried - 1_000;

/** Ends a subquery whose values are used more than once, which PostgreSQL would make anew each time. */
export const once: SQL = sql`offset 0`;

/**
 * Tells every instance from within a statement, as `notify` would. `told` has to be read: a part of
 * a statement that nobody reads is not run.
 *
 * @param items a query of `item`, a notification as JSON of less than a thousand bytes beside what it
 *   carries, and `place`, in whose order they are told
 */
export function notifyItems(items: SQL): SQL {
  return sql`
    select pg_notify(${sql.raw(`'${channel}'`)}, items) as told from (
      select '[' || string_agg(item, ',' order by place) || ']' as items from (
        select item, place,
          sum(octet_length(item) + 1) over (order by place) / ${sql.raw(`${fullBytes}`)} as payload
        from (${items} ${once}) items
      ) measured
      group by payload order by payload
    ) payloads`;
}

/** The item of a `SentNotice`, for a row as `notifySent` has them. */
const sentItem = sql`format('["%s",%s,%s,%s,["%s"%s]%s]',
  chat_id, version, seq, shares_reads::text, from_id, others,
  case when octet_length(carried) <= ${sql.raw(`${mostCarried}`)} then ',' || carried end)`;

/**
 * Tells every instance of messages from within the statement that stores them.
 *
 * @param sent a query of one row for each `SentNotice`: chat_id, version, seq, shares_reads, from_id,
 *   `others` as `,"id","id"`, `carried` as JSON in a text, and `place`, in whose order they are told
 */
export function notifySent(sent: SQL): SQL {
  return notifyItems(sql`select place, ${sentItem} as item from (${sent} ${once}) sent`);
}

/**
 * As `notifySent`, of one message, which fits into a notification by itself and needs no place: a value
 * of a row that has its columns.
 */
export const tellOne: SQL = sql`pg_notify(${sql.raw(`'${channel}'`)}, '[' || ${sentItem} || ']')`;
