import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { chatPath } from "~/http/paths";
import { type NotificationGroup, targetOf } from "~/notifications/centre";
import type { Notification } from "~/notifications/notification";
import { useLanguage, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { UnreadBadge } from "~/ui/unread-badge";
import { newsPhrase } from "./news-phrase";

const icons: Record<NotificationGroup["kind"], string> = {
  message: "icon-messages-square",
  case: "icon-scale",
  sanction: "icon-shield-alert",
  removal: "icon-message-square-x",
  report: "icon-flag",
  webhook: "icon-plug",
  sign_in: "icon-monitor-smartphone",
};

/** One group: what is the latest of it, what it is about, and what came before. */
export function GroupItem({ group }: { group: NotificationGroup }) {
  const isUnread = group.unread > 0;
  return (
    <li
      data-unread={isUnread || undefined}
      className="flex gap-3 px-4 py-4 data-unread:bg-accent-soft/40 md:px-5"
    >
      <span className="mt-0.5 self-start rounded-full bg-sunken p-2 text-muted">
        <Icon className={`${icons[group.kind]} size-5`} />
      </span>
      {group.kind === "message" ? <Messages group={group} /> : <News group={group} />}
    </li>
  );
}

type OfMessages = Extract<NotificationGroup, { kind: "message" }>;
type OfNews = Exclude<NotificationGroup, { kind: "message" }>;

function Messages({ group: { at, unread, chat } }: { group: OfMessages }) {
  const t = useT();
  const name = chat.other;
  return (
    <div className="min-w-0 flex-1">
      <Headline at={at} unread={unread} to={chatPath(chat.id)}>
        {unread ? t("centre.from", { count: unread, name }) : t("centre.with", { name })}
      </Headline>
      <About>{chat.subject}</About>
    </div>
  );
}

function News({ group }: { group: OfNews }) {
  const t = useT();
  const { kind, id, at, unread, count, latest, chat } = group;
  const [newest, ...earlier] = latest;
  if (!newest) return null;
  const headline = `${kind}-${id}`;
  return (
    <div className="min-w-0 flex-1">
      <Headline id={headline} at={at} unread={unread} to={targetOf(newest)}>
        <Said notification={newest} />
      </Headline>
      {chat && <About>{chat.subject}</About>}
      <Device notification={newest} />
      <div className="flex flex-wrap items-start gap-x-4">
        {earlier.length > 0 && <Earlier earlier={earlier} more={count - latest.length} />}
        {unread > 0 && (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="subjectId" value={id} />
            <button
              type="submit"
              name="intent"
              value="read"
              aria-describedby={headline}
              className="min-h-11 font-medium text-accent text-sm underline underline-offset-2"
            >
              {t("centre.mark")}
            </button>
          </Form>
        )}
      </div>
    </div>
  );
}

type HeadlineProps = { id?: string; at: string; unread: number; to: string; children: ReactNode };

function Headline({ id, at, unread, to, children }: HeadlineProps) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      <Link
        id={id}
        to={to}
        className={`py-0.5 underline-offset-2 [overflow-wrap:anywhere] hover:underline ${unread ? "font-semibold" : ""}`}
      >
        {children}
      </Link>
      <UnreadBadge count={unread} />
      <When at={at} />
    </p>
  );
}

function When({ at }: { at: string }) {
  const { format } = useLanguage();
  return (
    <time dateTime={at} className="text-muted text-sm sm:ms-auto">
      {format.moment(new Date(at))}
    </time>
  );
}

function About({ children }: { children: string }) {
  const t = useT();
  return (
    <p className="text-muted text-sm [overflow-wrap:anywhere]">
      {t("centre.about", { subject: children })}
    </p>
  );
}

function Said({ notification }: { notification: Notification }) {
  const t = useT();
  const { id, values } = newsPhrase(notification);
  return <>{t(id, values)}</>;
}

function Device({ notification: { data } }: { notification: Notification }) {
  const t = useT();
  if (data.what !== "newDevice") return null;
  const { browser, system } = data;
  const said = browser && system ? t("centre.device", { browser, system }) : (browser ?? system);
  return said && <p className="text-muted text-sm [overflow-wrap:anywhere]">{said}</p>;
}

function Earlier({ earlier, more }: { earlier: Notification[]; more: number }) {
  const t = useT();
  return (
    <details className="flex-1 text-sm">
      <summary className="flex min-h-11 cursor-pointer items-center text-muted">
        {t("centre.earlier", { count: earlier.length + more })}
      </summary>
      <ol className="space-y-1 pb-2">
        {earlier.map((one) => (
          <li key={one.id} className="flex flex-wrap gap-x-3">
            <Said notification={one} />
            <When at={one.createdAt} />
          </li>
        ))}
        {more > 0 && <li className="text-muted">{t("centre.andMore", { count: more })}</li>}
      </ol>
    </details>
  );
}
