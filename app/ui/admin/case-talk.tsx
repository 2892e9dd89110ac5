import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { type CaseView, type Thread, threads } from "~/moderation/disputes/case-view";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { CaseWriting, type Writing } from "./case-writing";
import { Choices } from "./choices";

type Props = {
  view: CaseView;
  thread: Thread;
  pathOf: (thread: Thread) => string;
  /** None while something is looked for. */
  writing: Writing | null;
  /** The words that are looked for. */
  q: string;
  /** The log, or what was found in it. */
  children: ReactNode;
};

/** The chat of the case, and the threads with one side alone beside it. */
export function CaseTalk({ view, thread, pathOf, writing, q, children }: Props) {
  const t = useT();
  const [buyer, seller] = view.sides;
  const names = { both: t("case.thread.both"), buyer: buyer.name, seller: seller.name };
  return (
    <section id="chat" aria-label={t("case.chat")} className="scroll-mt-28 lg:sticky lg:top-20">
      <Card className="flex h-[calc(100dvh-9.5rem)] min-h-112 flex-col lg:h-[calc(100dvh-11.5rem)]">
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-b p-2">
          <Choices
            label={t("case.threads")}
            choices={threads.map((one) => ({
              to: pathOf(one),
              label: names[one],
              isCurrent: one === thread,
              isPrivate: one !== "both",
            }))}
          />
          <Form role="search" preventScrollReset className="flex min-w-0 grow sm:max-w-56">
            {thread !== "both" && <input type="hidden" name="thread" value={thread} />}
            <input
              key={q}
              type="search"
              name="q"
              defaultValue={q}
              aria-label={t("case.search")}
              aria-keyshortcuts="/"
              placeholder={t("case.search")}
              className="min-h-11 w-full min-w-0 rounded-xl border border-line bg-canvas px-3 text-sm"
            />
          </Form>
        </div>
        {thread !== "both" && (
          <p className="flex items-center gap-2 border-line border-b bg-warning-soft px-4 py-2 text-sm text-warning">
            <Icon className="icon-lock size-4" />
            {t("case.thread.private", { name: names[thread] })}
          </p>
        )}
        {q && (
          <p className="flex items-center justify-between gap-3 border-line border-b px-4 py-2 text-sm">
            <span className="min-w-0 truncate">{t("case.search.for", { q })}</span>
            <Link to={pathOf(thread)} preventScrollReset className="shrink-0 text-accent underline">
              {t("case.search.end")}
            </Link>
          </p>
        )}
        {children}
        {writing && <CaseWriting view={view} thread={thread} writing={writing} />}
      </Card>
    </section>
  );
}

/** What stands for the chat when its last case is resolved. */
export function ClosedTalk() {
  const t = useT();
  return (
    <section id="chat" aria-label={t("case.chat")} className="scroll-mt-28">
      <Card className="flex flex-col items-center gap-3 px-6 py-16 text-center text-muted">
        <Icon className="icon-lock size-8" />
        <p>{t("case.chat.closed")}</p>
      </Card>
    </section>
  );
}
