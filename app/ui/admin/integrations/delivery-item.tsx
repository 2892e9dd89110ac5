import { Form, Link } from "@remix-run/react";
import { adminChatPath, userPath, webhookPath } from "~/http/paths";
import { type Attempt, type Delivery, messageId } from "~/integration/webhooks/endpoint";
import { useLanguage } from "~/ui/i18n";
import { Attempts } from "./attempts";

type Props = {
  delivery: Delivery;
  /** Where they are shown. */
  attempts?: Attempt[];
  /** Where they would be. */
  openPath: string;
  maySend: boolean;
};

const look = { waiting: "text-muted", delivered: "text-accent", failed: "text-danger" };

/** What an endpoint was told once: what it is about, what became of it, and each attempt. */
export function DeliveryItem({ delivery, attempts, openPath, maySend }: Props) {
  const { t, format } = useLanguage();
  const { id, endpointId, type, chatId, userId, state, happenedAt, nextAttemptAt } = delivery;
  const moment = (at: string) => format.moment(new Date(at));
  return (
    <li className="space-y-1 py-3 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <code id={id} translate="no" className="font-medium">
          {type}
        </code>
        <time dateTime={happenedAt} className="text-muted">
          {moment(happenedAt)}
        </time>
      </p>
      <p className="flex flex-wrap gap-x-3">
        <span className={`font-medium ${look[state]}`}>{t(`webhooks.state.${state}`)}</span>
        {nextAttemptAt && (
          <span className="text-muted">
            {t("webhooks.nextAttempt", { at: moment(nextAttemptAt) })}
          </span>
        )}
        {chatId && (
          <Link to={adminChatPath(chatId)} className="text-accent underline">
            {t("webhooks.chat")}
          </Link>
        )}
        {userId && (
          <Link to={userPath(userId)} className="text-accent underline">
            {t("webhooks.person")}
          </Link>
        )}
      </p>
      <p className="text-muted text-xs [overflow-wrap:anywhere]">
        <code translate="no">{id}</code>
      </p>
      {attempts ? (
        <Attempts attempts={attempts} of={id} />
      ) : (
        <Link
          to={openPath}
          preventScrollReset
          aria-describedby={id}
          className="flex min-h-11 w-fit items-center text-accent underline"
        >
          {t("webhooks.attempts", { count: delivery.attempts })}
        </Link>
      )}
      {state !== "waiting" && (
        <Form method="post" action={webhookPath(endpointId)} preventScrollReset>
          <input type="hidden" name="message" value={messageId(id)} />
          <button
            type="submit"
            name="intent"
            value="resend"
            aria-describedby={id}
            disabled={!maySend}
            className="min-h-11 text-accent underline underline-offset-2 disabled:text-muted"
          >
            {t("webhooks.resend")}
          </button>
        </Form>
      )}
    </li>
  );
}
