import type { Db } from "~/db/client.server";
import { notificationsPath } from "~/http/paths";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import { targetOf } from "~/notifications/centre";
import type { Choices } from "~/notifications/choices";
import { readChoices } from "~/notifications/choices.server";
import { type MailLanguage, mailLanguage } from "~/notifications/mail/mail-language.server";
import { newsContent } from "~/notifications/mail/news";
import { type FoundNews, findNews } from "~/notifications/mail/news.server";
import { findReader, type Reader } from "~/notifications/mail/reader.server";
import { mayTell } from "~/notifications/may-tell";
import { topicOf } from "./push-messages.server";
import { pushToAll } from "./push-to-all.server";
import { subscriptionsOf } from "./subscriptions.server";

const ttlSeconds = 3 * 24 * 60 * 60;

/** Pushes one notification to all of a person's devices, where he may be told of it so. */
export const pushNews: Job<"push-notification"> = async (db, { notificationId }, { now }) => {
  const news = await findNews(db, notificationId);
  const reader = news && (await findReader(db, news.userId));
  if (!reader || isPointless(news, reader)) return;
  const choices = await readChoices(db, reader.id);
  const when = mayTell(choices, { kind: news.kind, channel: "push", now });
  if (when === "never") return;
  if (when !== "now") return again(db, notificationId, when.at);
  const language = mailLanguage(choices.locale, choices.timeZone);
  const payload = {
    kind: "notification",
    notificationId,
    ...wordsOf(news, choices, language),
    // All news of one thing take each other's place.
    tag: `news-${news.subjectId}`,
    lang: language.locale,
  } as const;
  const push = {
    key: notificationId,
    payload,
    topic: topicOf(news.subjectId),
    urgency: "normal",
    ttlSeconds,
  } as const;
  const { retryAt } = await pushToAll(db, await subscriptionsOf(db, reader.id), push, now);
  if (retryAt) await again(db, notificationId, retryAt);
};

function again(db: Db, notificationId: string, runAt: Date): Promise<void> {
  const key = `push-notification:${notificationId}`;
  return addJob(db, "push-notification", { notificationId }, { key, runAt });
}

/** What he saw already, or that no page would show him now. */
const isPointless = ({ kind, isRead }: FoundNews, { isLockedOut }: Reader) =>
  isRead || (isLockedOut && kind !== "sanction" && kind !== "removal");

/** What its mail says first; of who wants nothing shown, that there is something. */
function wordsOf(news: FoundNews, { pushContent }: Choices, language: MailLanguage) {
  if (pushContent === "nothing") {
    const body = language.t("push.notification");
    return { title: language.t("app.name"), body, path: notificationsPath };
  }
  const { title, preview } = newsContent(news, language, (path) => path);
  // Not the mail's link: who goes there has read it.
  return { title, body: preview, path: targetOf(news) };
}
