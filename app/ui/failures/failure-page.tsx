import { useEffect, useState } from "react";
import { useT } from "../i18n";
import { Icon } from "../icon";
import { useServerOnly } from "../nonce";
import { Calm } from "./calm";

/** An error that nobody expected, with the reference that is in the log. */
export default function FailurePage() {
  const t = useT();
  const { requestId } = useServerOnly();
  const [reference, setReference] = useState(requestId);
  useEffect(() => setReference((known) => known || lastFailedRequest()), []);
  return (
    <Calm
      icon={<Icon className="icon-cloud-off size-10" />}
      title={t("error.unexpectedTitle")}
      text={t("error.unexpectedText")}
    >
      {reference && (
        <p className="mt-3 break-words text-muted text-sm">{t("error.reference", { reference })}</p>
      )}
    </Calm>
  );
}

/** The router keeps no header of a failed fetch; the browser keeps `Server-Timing`. */
function lastFailedRequest(): string {
  const fetches = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const failed = fetches.findLast(
    ({ name, responseStatus }) => new URL(name).pathname.endsWith(".data") && responseStatus >= 500,
  );
  return failed?.serverTiming.find(({ name }) => name === "request")?.description ?? "";
}
