import { sql } from "drizzle-orm";
import { countUnread } from "~/chats/list.server";
import type { Message } from "~/chats/message";
import type { Db } from "~/db/client.server";
import { unreadNotices } from "~/db/schema";
import { chatPath } from "~/http/paths";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import type { Tasks } from "~/jobs/tasks";
import { readChoices } from "~/notifications/choices.server";
import { mayTell } from "~/notifications/may-tell";
import { tellMessageChanged } from "./changed.server";
import { languageOf, wordsOf } from "./message-words.server";
import { chatTag } from "./payload";
import { pushToAll } from "./push-to-all.server";
import { subscriptionsOf } from "./subscriptions.server";
import { readUnread } from "./unread.server";

type Target = Tasks["push-messages"];

/** A message that nobody saw for so long is not worth ringing for; the page and mails have it. */
const ttlSeconds = 24 * 60 * 60;

/**
 * Pushes to all of a person's devices that a chat has unread messages: if it still has when it comes
 * to that, and nothing that they were told before. A device whose push service is away, or a person
 * who wants quiet, is looked at again then.
 */
export const pushMessages: Job<"push-messages"> = async (db, target, { now }) => {
  const unread = await readUnread(db, target);
  if (!unread || (!target.isAgain && unread.newest.seq <= unread.pushedSeq)) return;
  const { newest, mutedUntil, isBlocked } = unread;
  const choices = await readChoices(db, target.userId);
  const told = { kind: "message", channel: "push", now, mutedUntil, isBlocked } as const;
  const when = mayTell(choices, told);
  if (when === "never") return;
  if (when !== "now") return again(db, target, when.at);
  const { chatId } = target;
  const payload = {
    kind: "messages",
    chatId,
    seq: newest.seq,
    ...wordsOf(unread, choices),
    path: chatPath(chatId),
    tag: chatTag(chatId),
    unread: await countUnread(db, { id: target.userId }),
    lang: languageOf(choices).locale,
  } as const;
  const push = {
    key: `${chatId}:${newest.seq}`,
    payload,
    topic: topicOf(chatId),
    // Phones that sleep leave anything less for later.
    urgency: "high",
    ttlSeconds,
  } as const;
  const subscriptions = await subscriptionsOf(db, target.userId);
  const { retryAt, areSomeDone } = await pushToAll(db, subscriptions, push, now);
  // Also while others are not: what a device shows is taken back when it is read or changed.
  if (areSomeDone) {
    await notePushed(db, target, newest.seq);
    if (await isChanged(db, newest)) await tellMessageChanged(db, chatId, newest.seq);
  }
  if (retryAt) await again(db, { ...target, isAgain: true }, retryAt);
};

/**
 * Whether it was changed after it was read here. Who is changing it is waited for: he may have looked
 * for whom to tell before it was noted that this one was told.
 */
async function isChanged(db: Db, { id, version }: Message): Promise<boolean> {
  const [row] = await db.execute<{ version: string }>(
    sql`select version from chat_messages where id = ${id} for share`,
  );
  return Number(row?.version) !== version;
}

/** Beside the job that the next message makes, which is for earlier. */
function again(db: Db, target: Target, runAt: Date): Promise<void> {
  const key = `push-again:${target.userId}:${target.chatId}`;
  return addJob(db, "push-messages", target, { key, runAt });
}

async function notePushed(db: Db, { userId, chatId }: Target, seq: number): Promise<void> {
  await db
    .insert(unreadNotices)
    .values({ userId, chatId, pushedSeq: seq })
    .onConflictDoUpdate({
      target: [unreadNotices.chatId, unreadNotices.userId],
      set: { pushedSeq: sql`greatest(${unreadNotices.pushedSeq}, ${seq})` },
    });
}

/** A push service keeps one push of a topic for a device that is off, the last. */
export const topicOf = (id: string) => id.replaceAll("-", "");
