import { Fragment } from "react";
import type { RefusedForm } from "~/http/refused-form";
import type { CaseMessage } from "~/moderation/access/case-message";
import type { FlagView } from "~/moderation/flags/flag-view";
import { Card } from "~/ui/card";
import { useLanguage } from "~/ui/i18n";
import { CaseMessageItem } from "./case-message";
import { CasePeople } from "./case-people";
import { FlagDecision } from "./flag-decision";
import { FlagHead } from "./flag-head";
import { FlagReasons } from "./flag-reasons";
import { type SectionLink, SectionLinks } from "./section-links";
import { Timeline } from "./timeline";

type Props = { view: FlagView; now: number; refusal?: RefusedForm };

const sections: readonly SectionLink[] = [
  { id: "reasons", label: "flag.why" },
  { id: "messages", label: "flag.messages" },
  { id: "decision", label: "case.decision" },
  { id: "people", label: "case.people" },
  { id: "timeline", label: "case.timeline" },
];

/** What is flagged among its neighbours on one side, on the other all that is needed to decide. */
export function FlagPage({ view, now, refusal }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <FlagHead view={view} now={now} refusal={refusal} />
      <SectionLinks label={t("flag.sections")} links={sections} />
      <div className="mt-3 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] 2xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="min-w-0 space-y-4 max-lg:contents">
          <div className="min-w-0 max-lg:order-1">
            <FlagReasons view={view} />
          </div>
          <div className="min-w-0 max-lg:order-2">
            <Neighbours view={view} now={now} />
          </div>
        </div>
        <div className="min-w-0 max-lg:contents lg:space-y-4">
          <div className="min-w-0 max-lg:order-3">
            <FlagDecision view={view} refusal={refusal} />
          </div>
          <div className="min-w-0 max-lg:order-4">
            <CasePeople people={view.people} />
          </div>
          <div className="min-w-0 max-lg:order-5">
            <Timeline steps={view.steps} />
          </div>
        </div>
      </div>
    </>
  );
}

/** The message with its neighbours; nothing of the chat but these. */
function Neighbours({ view: { messages, flag, chat }, now }: Omit<Props, "refusal">) {
  const language = useLanguage();
  const { t, format } = language;
  const dayOf = (message: CaseMessage) => format.dayKey(new Date(message.createdAt));
  const isAway = chat.status === "archived" && messages?.length === 0;
  return (
    <section id="messages" aria-label={t("flag.messages")} className="scroll-mt-28">
      <Card className="overflow-hidden">
        {messages && !isAway ? (
          <div role="log" aria-label={t("chat.messages")} className="flow-root bg-canvas pb-3">
            {messages.map((message, at) => {
              const before = messages[at - 1];
              return (
                <Fragment key={message.seq}>
                  {(!before || dayOf(before) !== dayOf(message)) && (
                    <p className="day-line">
                      <time dateTime={dayOf(message)}>
                        {format.day(new Date(message.createdAt), new Date(now))}
                      </time>
                    </p>
                  )}
                  <CaseMessageItem
                    message={message}
                    language={language}
                    grouped={false}
                    isTarget={flag.isOfMessage && message.seq === flag.seq}
                  />
                </Fragment>
              );
            })}
          </div>
        ) : (
          <p className="px-6 py-12 text-center text-muted">
            {t(
              isAway
                ? "flag.archived"
                : flag.status === "resolved"
                  ? "flag.closed"
                  : "flag.notForYou",
            )}
          </p>
        )}
      </Card>
    </section>
  );
}
