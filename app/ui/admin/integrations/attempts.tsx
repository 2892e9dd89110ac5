import type { Attempt } from "~/integration/webhooks/endpoint";
import { useLanguage } from "~/ui/i18n";

/** Each time that it was sent, or was to be: how long it took, and what came back, as text. */
export function Attempts({ attempts, of }: { attempts: Attempt[]; of: string }) {
  const { t, format } = useLanguage();
  if (attempts.length === 0) return <p className="text-muted">{t("webhooks.noAttempts")}</p>;
  return (
    <ol aria-describedby={of} className="divide-y divide-line rounded-xl bg-sunken px-3">
      {attempts.map(({ id, at, durationMs, status, error, answer }) => (
        <li key={id} className="py-2">
          <p className="flex flex-wrap gap-x-3 tabular-nums">
            <time dateTime={at}>{format.moment(new Date(at))}</time>
            <span className="font-medium">
              {status === null
                ? t("webhooks.noAnswer")
                : t("webhooks.answered", { status: String(status) })}
            </span>
            <span className="text-muted">
              {t("webhooks.took", { ms: format.number(durationMs) })}
            </span>
          </p>
          {error && <p className="text-danger [overflow-wrap:anywhere]">{error}</p>}
          {answer && (
            <pre
              dir="ltr"
              className="mt-1 whitespace-pre-wrap text-muted text-xs [overflow-wrap:anywhere]"
            >
              {answer}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
}
