import { sql } from "drizzle-orm";
import { countUnread } from "~/chats/list.server";
import type { Db } from "~/db/client.server";
import { chatPath } from "~/http/paths";
import type { Job } from "~/jobs/job";
import type { Choices } from "~/notifications/choices";
import { readChoices } from "~/notifications/choices.server";
import { mayTell } from "~/notifications/may-tell";
import { languageOf, wordsOf } from "./message-words.server";
import { chatTag } from "./payload";
import { topicOf } from "./push-messages.server";
import { isApples } from "./push-services";
import { pushToAll } from "./push-to-all.server";
import { subscriptionsOf } from "./subscriptions.server";
import { readUnread } from "./unread.server";

/** As long as what it takes back: it takes the place of a push that still waits for its device. */
const ttlSeconds = 24 * 60 * 60;

type Target = { userId: string; chatId: string };

/** Has a person's devices take back what they show of a chat, when he read it elsewhere. */
export const pushRead: Job<"push-read"> = async (db, target, { now }) => {
  const told = await readTold(db, target);
  if (!told?.isRead) return;
  const choices = await readChoices(db, target.userId);
  const body = languageOf(choices).t("push.read");
  await takeBack(db, target, now, choices, { key: "read", seq: told.seq, body });
};

/**
 * Has a person's devices show what is left to tell of a chat, or nothing: what they show was changed or
 * taken back since, or it is about whom he blocks. Nobody is called for it a second time.
 */
export const pushChanged: Job<"push-changed"> = async (db, { xid, ...target }, { now }) => {
  const told = await readTold(db, target);
  // Of what was read there is nothing left.
  if (!told || told.isRead) return;
  const choices = await readChoices(db, target.userId);
  const unread = await readUnread(db, target);
  const when = unread && mayTell(choices, { ...unread, kind: "message", channel: "push", now });
  const rest = unread && when !== "never" ? wordsOf(unread, choices) : undefined;
  const body = languageOf(choices).t("push.changed");
  await takeBack(db, target, now, choices, { key: `changed:${xid}`, seq: told.seq, body, rest });
};

type TakenBack = {
  key: string;
  /** Up to there something may be shown. */
  seq: number;
  /** Shown for a moment where a browser wants something to be shown. */
  body: string;
  rest?: { title: string; body: string };
};

/** Not on Apple's: they show something for every push, so that they would ring for less than there was. */
async function takeBack(
  db: Db,
  { userId, chatId }: Target,
  now: Date,
  choices: Choices,
  { key, seq, body, rest }: TakenBack,
): Promise<void> {
  const all = await subscriptionsOf(db, userId);
  const others = all.filter(({ endpoint }) => !isApples(endpoint));
  const i18n = languageOf(choices);
  const payload = {
    kind: "read",
    chatId,
    seq,
    title: i18n.t("app.name"),
    body,
    ...(rest && { rest }),
    path: chatPath(chatId),
    tag: chatTag(chatId),
    unread: await countUnread(db, { id: userId }),
    lang: i18n.locale,
  } as const;
  const push = {
    key: `${key}:${chatId}:${seq}`,
    payload,
    topic: topicOf(chatId),
    urgency: "normal",
    ttlSeconds,
  } as const;
  // Who cannot be reached now shows it until he looks: not worth coming back for.
  await pushToAll(db, others, push, now);
}

/** @returns how far was pushed, and whether all of that is read */
async function readTold(db: Db, { userId, chatId }: Target) {
  const [row] = await db.execute<{ seq: string; is_read: boolean }>(sql`
    select n.pushed_seq as seq, n.pushed_seq <= me.read_seq as is_read from unread_notices n
    join chat_participants me on me.chat_id = n.chat_id and me.user_id = n.user_id
    where n.chat_id = ${chatId} and n.user_id = ${userId}`);
  return row ? { seq: Number(row.seq), isRead: row.is_read } : null;
}
