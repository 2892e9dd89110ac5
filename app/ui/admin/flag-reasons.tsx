import { Link } from "@remix-run/react";
import { flagPath, userPath } from "~/http/paths";
import type { FlagView, ReportOfFlag } from "~/moderation/flags/flag-view";
import { useLanguage } from "~/ui/i18n";
import { FlagOutcomeLabel } from "./flag-labels";
import { Panel } from "./panel";

/** Why it is here: reports in the words of who made them, and the appeal of a decision. */
export function FlagReasons({ view }: { view: FlagView }) {
  const { t } = useLanguage();
  const { flag, appeal, appealedIn, reports } = view;
  return (
    <Panel
      id="reasons"
      title={t(`flag.why.${flag.source}`)}
      aside={
        appealedIn && (
          <Link to={flagPath(appealedIn)} className="text-accent text-sm underline">
            {t("case.toAppeal")}
          </Link>
        )
      }
    >
      {appeal && <Appeal appeal={appeal} />}
      {reports.length > 0 ? (
        <ul className="space-y-3">
          {reports.map((report) => (
            <Report key={report.id} report={report} />
          ))}
        </ul>
      ) : (
        !appeal && (
          <p className="text-muted text-sm">
            {t(flag.source === "case" ? "flag.byCase" : "flag.byFilterOnly")}
          </p>
        )
      )}
    </Panel>
  );
}

function Report({ report }: { report: ReportOfFlag }) {
  const { t, format } = useLanguage();
  const { by, target, reason, note, createdAt } = report;
  return (
    <li>
      <p className="text-sm">
        <span className="font-medium">{t(`flag.kind.reported-${reason}`)}</span>{" "}
        <span className="text-muted">
          {t(`flag.reported.${target}`)} ·{" "}
          <Link to={userPath(by.id)} className="underline">
            <bdi>{by.name}</bdi>
          </Link>{" "}
          · <time dateTime={createdAt}>{format.moment(new Date(createdAt))}</time>
        </span>
      </p>
      {note && <Words text={note} />}
    </li>
  );
}

function Appeal({ appeal }: { appeal: NonNullable<FlagView["appeal"]> }) {
  const { t, format } = useLanguage();
  const { of, by, isByPerson, text } = appeal;
  return (
    <div className="mb-3 space-y-3">
      <div>
        <p className="text-muted text-sm">
          {t(isByPerson ? "flag.appealByPerson" : "flag.appealByReporter", { name: by.name })}
        </p>
        <Words text={text} />
      </div>
      <div className="border-line border-s-2 ps-3">
        <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
          {of.outcome && <FlagOutcomeLabel outcome={of.outcome} />}
          <span>
            <bdi>{of.decider}</bdi>
            {of.resolvedAt && (
              <>
                {" · "}
                <time dateTime={of.resolvedAt}>{format.moment(new Date(of.resolvedAt))}</time>
              </>
            )}
          </span>
          <Link to={flagPath(of.id)} className="text-accent underline">
            {t("case.toAppealed")}
          </Link>
        </p>
        {of.statement && <Words text={of.statement} />}
      </div>
    </div>
  );
}

function Words({ text }: { text: string }) {
  return (
    <p dir="auto" className="mt-1 whitespace-pre-line [overflow-wrap:anywhere]">
      {text}
    </p>
  );
}
