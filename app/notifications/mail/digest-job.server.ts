import { eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { unreadDigests } from "~/db/schema";
import { chatPath, chatsPath } from "~/http/paths";
import { addJob } from "~/jobs/add-job.server";
import type { Job, JobContext } from "~/jobs/job";
import { readChoices } from "~/notifications/choices.server";
import { deliverMail } from "./deliver-mail.server";
import { digestContent, type UnreadChat } from "./digest";
import { planDigest } from "./digest-plan";
import { mailLanguage } from "./mail-language.server";
import { forgetMailed, noteMailed } from "./mailed.server";
import type { Mailer } from "./mailer.server";
import { makeMail, ownUrl } from "./make-mail.server";
import { findReader, type Reader } from "./reader.server";
import { readUnreadChat, readWaiting, type Waiting } from "./unread-chats.server";

/** More chats than these are counted. */
const mostChats = 10;

type Round = { reader: Reader; dueAt: Date; mailer: Mailer; context: JobContext };

/**
 * Mails a person what is due of his unread messages, in one mail, and comes again as long as something
 * waits. `unread_digests` has a row for as long, so that nobody else adds the job.
 */
export function digestJob(mailer: () => Mailer | null): Job<"mail-digest"> {
  return async (db, { userId }, context) => {
    const [ours, reader] = [mailer(), await findReader(db, userId)];
    // Who is locked out has no page to read them on.
    if (!ours || !reader || reader.isLockedOut) return end(db, userId);
    const dueAt = await beginRound(db, userId, context.now);
    try {
      await mailWhatIsDue(db, { reader, dueAt, mailer: ours, context });
    } catch (error) {
      // The next message begins anew.
      if (context.isLastAttempt) await end(db, userId);
      throw error;
    }
    const after = new Date(Math.max(context.now.getTime(), dueAt.getTime() + 1));
    await comeAgain(db, userId, context.now, after);
  };
}

/** @returns what names this round: an attempt that was cut off and the next one have the same */
async function beginRound(db: Db, userId: string, now: Date): Promise<Date> {
  const [row] = await db
    .insert(unreadDigests)
    .values({ userId, dueAt: now })
    .onConflictDoUpdate({
      target: unreadDigests.userId,
      set: { dueAt: sql`${unreadDigests.dueAt}` },
    })
    .returning({ dueAt: unreadDigests.dueAt });
  return row?.dueAt ?? now;
}

async function end(db: Db, userId: string): Promise<void> {
  await db.delete(unreadDigests).where(eq(unreadDigests.userId, userId));
}

async function mailWhatIsDue(db: Db, round: Round): Promise<void> {
  const { reader, dueAt, mailer, context } = round;
  const choices = await readChoices(db, reader.id);
  const waiting = await readWaiting(db, reader.id);
  const plan = planDigest(waiting, choices, context.now);
  const due = waiting.filter(({ chatId }) => plan.due.includes(chatId));
  const chats = await readFirst(db, reader.id, due);
  if (chats.length === 0) return;
  const language = mailLanguage(choices.locale, choices.timeZone);
  const content = digestContent(
    {
      chats,
      further: Math.max(0, due.length - mostChats),
      content: choices.mailContent,
      urlOf: (chatId) => ownUrl(chatPath(chatId)),
      chatsUrl: ownUrl(`${chatsPath}?filter=unread`),
    },
    language,
  );
  const key = `mail:digest:${reader.id}:${dueAt.getTime()}` as const;
  const mail = makeMail({ key, kind: "message", reader, content, language });
  let isNoted = false;
  const note = async () => {
    await noteMailed(db, reader.id, due, context.now);
    isNoted = true;
  };
  const { signal } = context;
  try {
    const sent = { mailer, key, kind: "message", mail, signal, onHandedOver: note } as const;
    if ((await deliverMail(db, sent)) === "refused") await note();
  } catch (error) {
    if (isNoted) await forgetMailed(db, reader.id, due);
    throw error;
  }
}

async function readFirst(db: Db, userId: string, due: Waiting[]): Promise<UnreadChat[]> {
  const chats: UnreadChat[] = [];
  for (const one of due.slice(0, mostChats)) {
    const chat = await readUnreadChat(db, userId, one);
    if (chat) chats.push(chat);
  }
  return chats;
}

/**
 * The row goes before it is looked what waits: who adds one for a message that came since waits for
 * this to end, and finds none or the new one.
 */
async function comeAgain(db: Db, userId: string, now: Date, after: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await end(tx, userId);
    const choices = await readChoices(tx, userId);
    const { due, next } = planDigest(await readWaiting(tx, userId), choices, now);
    const dueAt = due.length > 0 ? after : next;
    if (!dueAt) return;
    await tx.insert(unreadDigests).values({ userId, dueAt });
    await addJob(tx, "mail-digest", { userId }, { key: `digest:${userId}`, runAt: dueAt });
  });
}
