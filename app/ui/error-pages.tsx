import { Link } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { homePath } from "~/http/paths";
import { Icon } from "~/ui/icon";
import { buttonClass } from "./button";
import { useT } from "./i18n";
import { useServerOnly } from "./nonce";

/** The same for what does not exist and for what is not the viewer's. */
export function NotFoundPage() {
  const t = useT();
  return (
    <Calm
      icon={<Icon className="icon-search-x size-10" />}
      title={t("error.notFoundTitle")}
      text={t("error.notFoundText")}
    />
  );
}

/** An error that nobody expected, with the reference that is in the log. */
export function FailurePage() {
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

function Calm(props: { icon: ReactNode; title: string; text: string; children?: ReactNode }) {
  const t = useT();
  return (
    <div className="mx-auto flex w-full max-w-md flex-1 flex-col items-center justify-center px-4 py-16 text-center">
      <div className="rounded-full bg-accent-soft p-5 text-accent">{props.icon}</div>
      <h1 className="mt-6 font-semibold text-2xl tracking-tight">{props.title}</h1>
      <p className="mt-2 text-muted">{props.text}</p>
      {props.children}
      <Link to={homePath} reloadDocument className={buttonClass("primary", "mt-8")}>
        {t("error.home")}
      </Link>
    </div>
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
