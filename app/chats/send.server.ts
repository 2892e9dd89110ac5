import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { filterSettings } from "~/safety/settings-cache.server";
import type { Filtered } from "./filtering.server";
import type { Message } from "./message";
import { sendWithin } from "./send-alone.server";
import { SendQueue } from "./send-queue.server";
import type { Draft } from "./sent-change.server";

/**
 * `signedOut`: the session ended after the viewer was looked up. `pictureGone`: one of the pictures
 * was swept, is in another message, or never was this viewer's in this chat. `notDelivered`: one of
 * the two sides blocks the other.
 */
export type SendRefusal =
  | "notOpen"
  | "clientIdReused"
  | "replyUnknown"
  | "signedOut"
  | "pictureGone"
  | "notDelivered";

export type Sent = { message: Message; repeated: boolean } | { refused: SendRefusal } | Filtered;

const queues = new WeakMap<Db, SendQueue>();

/**
 * Puts a message at the next place of its chat. The same client id of the same sender is the same
 * message: a repeat gets the first one back, however late, also when the chat is closed by then.
 *
 * Pictures are staged before; the message takes all of them or is not sent.
 *
 * What it says is looked at by the filters (docs/safety.md): what they block, or warn of without its
 * `confirm`, is not stored, and the same client id is as unknown afterwards as before.
 *
 * Messages that are sent at the same time commit together; each is answered for itself, and never
 * before it is committed. Within an outer transaction (`db` is one) it is part of that.
 *
 * @returns null when there is no such chat for this viewer
 * @throws what the database throws; the message may be stored then, and can be repeated
 */
export async function sendMessage(db: Db, viewer: Viewer, draft: Draft): Promise<Sent | null> {
  // As PostgreSQL writes ids, because places and messages are compared by them here.
  const { chatId, clientId, body, replyTo, pictures, confirm } = draft;
  const ids = { chatId: chatId.toLowerCase(), clientId: clientId.toLowerCase() };
  const same = { ...ids, body, replyTo, pictures, confirm };
  if (is(db, PgTransaction)) return sendWithin(db, viewer, same);
  const settings = filterSettings(db);
  const known = settings instanceof Promise ? await settings : settings;
  return queueOf(db).send(viewer, same, known);
}

function queueOf(db: Db): SendQueue {
  const known = queues.get(db);
  if (known) return known;
  const queue = new SendQueue(db);
  queues.set(db, queue);
  return queue;
}
