import { digestJob } from "~/notifications/mail/digest-job.server";
import { newsJob } from "~/notifications/mail/news-job.server";
import { ownMailer } from "~/notifications/mail/own-mailer.server";
import { pushMessages } from "~/notifications/push/push-messages.server";
import { pushNews } from "~/notifications/push/push-news.server";
import { pushChanged, pushRead } from "~/notifications/push/push-read.server";
import { restoreJob } from "~/retention/archive/ask-for-restore.server";
import { compactJob } from "~/retention/compact/compact-job.server";
import { eraseJob } from "~/retention/erase/erase-job.server";
import { personalExportJob } from "~/retention/personal/export-job.server";
import { ownWay } from "~/retention/run/own-way.server";
import { retentionJob } from "~/retention/run/retention-job.server";
import type { Job } from "./job";
import type { TaskName } from "./tasks";

export type Registry = { [Name in TaskName]?: Job<Name> };

/** Who does which job. One that nobody does yet waits until somebody does. */
export const registry: Registry = {
  "push-messages": pushMessages,
  "push-read": pushRead,
  "push-changed": pushChanged,
  "push-notification": pushNews,
  "mail-digest": digestJob(ownMailer),
  "mail-notification": newsJob(ownMailer),
  retention: retentionJob(ownWay),
  compact: compactJob(ownWay),
  "personal-export": personalExportJob(() => ownWay().means),
  "restore-chat": restoreJob(ownWay),
  erase: eraseJob(ownWay),
};
