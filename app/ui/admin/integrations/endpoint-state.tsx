import type { Endpoint } from "~/integration/webhooks/endpoint";
import { useLanguage } from "~/ui/i18n";

/** Whether an endpoint is told of anything, how that goes, and what waits for it. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { t, format } = useLanguage();
  const { switchedOff, failingSince, waiting } = endpoint;
  const at = (time: string) => format.moment(new Date(time));
  const look = switchedOff ? "text-muted" : failingSince ? "text-danger" : "text-accent";
  return (
    <p className="flex flex-wrap gap-x-3">
      <span className={`font-medium ${look}`}>
        {switchedOff
          ? t(`webhooks.off.${switchedOff.reason}`, { at: at(switchedOff.at) })
          : failingSince
            ? t("webhooks.failing", { at: at(failingSince) })
            : t("webhooks.on")}
      </span>
      {waiting > 0 && (
        <span className="text-muted">
          {t("webhooks.waiting", { n: format.number(waiting), count: waiting })}
        </span>
      )}
    </p>
  );
}
