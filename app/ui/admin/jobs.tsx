import { Form } from "@remix-run/react";
import type { DeadJob } from "~/jobs/dead-job";
import type { QueueFigures } from "~/jobs/queue";
import type { MailPlace } from "~/notifications/mail/mail-place";
import { useLanguage } from "~/ui/i18n";
import { Facts } from "./facts";
import { Panel } from "./panel";

const states = ["waiting", "running", "late", "dead"] as const;

type Props = { figures: QueueFigures; dead: DeadJob[]; mail: MailPlace };

/** How the queue of jobs does, and what of it somebody has to look at. */
export function Jobs({ figures, dead, mail }: Props) {
  const { t, format } = useLanguage();
  const facts = states.map((state) => ({
    id: state,
    name: t(`live.jobs.${state}`),
    value: format.number(figures[state]),
  }));
  return (
    <Panel id="jobs" title={t("live.jobs")}>
      <Facts facts={facts} />
      <p
        className={`mt-2 text-sm [overflow-wrap:anywhere] ${mail.way === "none" ? "font-medium text-danger" : "text-muted"}`}
      >
        {t(`live.mail.${mail.way}`, { place: mail.place })}
      </p>
      {dead.length > 0 && (
        <ul aria-label={t("live.jobs.dead")} className="mt-3 space-y-3">
          {dead.map((job) => (
            <li key={job.id} className="border-line border-t pt-3 text-sm">
              <p id={`job-${job.id}`} className="flex flex-wrap justify-between gap-x-4">
                <span className="font-medium">{job.task}</span>
                <span className="text-muted">
                  {t("live.job.tried", {
                    count: job.attempts,
                    time: format.moment(new Date(job.createdAt)),
                  })}
                </span>
              </p>
              <p className="mt-1 break-words text-muted">{job.error ?? t("live.job.ended")}</p>
              <Form method="post" preventScrollReset className="flex gap-4">
                <input type="hidden" name="job" value={job.id} />
                {(["retry", "discard"] as const).map((intent) => (
                  <button
                    key={intent}
                    type="submit"
                    name="intent"
                    value={intent}
                    aria-describedby={`job-${job.id}`}
                    className={`min-h-11 underline underline-offset-2 ${intent === "retry" ? "text-accent" : "text-danger"}`}
                  >
                    {t(`live.job.${intent}`)}
                  </button>
                ))}
              </Form>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
