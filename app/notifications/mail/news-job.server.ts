import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import { readChoices } from "~/notifications/choices.server";
import { mayTell } from "~/notifications/may-tell";
import { deliverMail } from "./deliver-mail.server";
import { mailLanguage } from "./mail-language.server";
import type { Mailer } from "./mailer.server";
import { makeMail, ownUrl } from "./make-mail.server";
import { newsContent } from "./news";
import { type FoundNews, findNews } from "./news.server";
import { findReader, type Reader } from "./reader.server";

/** Mails a person one notification, where he may be told of it so. */
export function newsJob(mailer: () => Mailer | null): Job<"mail-notification"> {
  return async (db, { notificationId }, { now, signal }) => {
    const [ours, news] = [mailer(), await findNews(db, notificationId)];
    const reader = news && (await findReader(db, news.userId));
    if (!ours || !reader || isPointless(news, reader)) return;
    const { kind } = news;
    const choices = await readChoices(db, reader.id);
    const telling = mayTell(choices, { kind, channel: "mail", now });
    if (telling === "never") return;
    if (telling !== "now") {
      const later = { key: `mail-notification:${notificationId}`, runAt: telling.at };
      return addJob(db, "mail-notification", { notificationId }, later);
    }
    const language = mailLanguage(choices.locale, choices.timeZone);
    const content = newsContent(news, language, ownUrl);
    const key = `mail:notification:${notificationId}` as const;
    const thread = `${kind}:${news.subjectId}`;
    const mail = makeMail({ key, kind, reader, content, language, thread });
    await deliverMail(db, { mailer: ours, key, kind, mail, signal });
  };
}

/**
 * What came of a report that he saw already, or that no page would show him now. All else is mailed
 * though it was read: a term may begin with it, or somebody else may have read it.
 */
const isPointless = ({ kind, isRead }: FoundNews, { isLockedOut }: Reader) =>
  kind === "report" && (isRead || isLockedOut);
