import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { livePath } from "~/http/admin-paths";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { refusedForm } from "~/http/refused-form";
import { deadJobForm } from "~/jobs/dead-job";
import { discardDead, listDead, retryDead } from "~/jobs/dead-jobs.server";
import { countJobs } from "~/jobs/queue.server";
import { useStreamState } from "~/live/client/live";
import { mailPlace } from "~/notifications/mail/own-mailer.server";
import { readAllMetrics } from "~/operations/all-metrics.server";
import { environment } from "~/operations/environment.server";
import { type LiveFigures, readLiveFigures, type Spread } from "~/operations/live-figures.server";
import { Facts } from "~/ui/admin/facts";
import { Jobs } from "~/ui/admin/jobs";
import { Panel } from "~/ui/admin/panel";
import { Tile } from "~/ui/admin/tile";
import { useFormat, useLanguage, useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "live.title" });

/** How often the page reads again while somebody looks at it, in ms. */
const beat = 5_000;

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "admin");
  const [figures, jobs, dead] = await Promise.all([
    readAllMetrics().then((text) => readLiveFigures(db, text)),
    countJobs(db),
    listDead(db),
  ]);
  return { figures, jobs, dead, mail: mailPlace(environment()), servedAt: Date.now() };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const form = await readForm(request, deadJobForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const { intent, job } = form.value;
  found(await (intent === "retry" ? retryDead : discardDead)(db, viewer, job));
  return redirect(livePath, 303);
}

export default function Live() {
  const { t, format } = useLanguage();
  const { figures, jobs: queue, dead, mail, servedAt } = useLoaderData<typeof loader>();
  useBeat();
  const { number } = format;
  const megabytes = number(Math.round(figures.residentBytes / 1e6));
  const processes = [
    ["webProcesses", number(figures.webProcesses)],
    ["listening", number(figures.listenersUp)],
    ["crashes", number(figures.crashes)],
    ["losses", number(figures.listenerLosses)],
    ["lookedUp", number(figures.foundByLooking)],
    ["lag", milliseconds(figures.eventLoopLagP99, number)],
    ["memory", t("live.megabytes", { value: megabytes })],
  ] as const;
  return (
    <>
      <h1 className="mt-5 font-semibold text-2xl tracking-tight">{t("live.title")}</h1>
      <p className="mt-1 text-muted text-sm">
        {t("live.intro")}{" "}
        <time dateTime={new Date(servedAt).toISOString()}>{format.time(new Date(servedAt))}</time>
      </p>
      <ul className="mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Tile name={t("live.streams")} value={number(figures.streams)} />
        <Tile name={t("live.instances")} value={number(figures.instances.length)} />
        <Tile
          name={t("live.queue")}
          value={t("live.percent", { value: number(round(figures.queueUsage * 100)) })}
          isUrgent={figures.queueUsage > 0.5}
        />
        <Tile
          name={t("live.database")}
          value={milliseconds(figures.databaseSeconds, number)}
          isUrgent={figures.databaseSeconds >= 1}
        />
      </ul>
      <div className="mt-3 grid items-start gap-3 lg:grid-cols-2">
        <Latency figures={figures} />
        <Panel id="processes" title={t("live.processes")}>
          <Facts
            facts={processes.map(([id, value]) => ({ id, name: t(`live.process.${id}`), value }))}
          />
        </Panel>
        <Jobs figures={queue} dead={dead} mail={mail} />
        <Panel id="streams" title={t("live.streamsEnded")}>
          <Facts
            facts={[
              { id: "", name: t("live.opened"), value: number(figures.streamsOpened) },
              ...figures.streamsClosed.map(({ reason, count }) => ({
                id: reason,
                name: reason,
                value: number(count),
              })),
            ]}
          />
        </Panel>
        <Panel id="instances" title={t("live.listeners")}>
          <Facts
            facts={figures.instances.map(({ id, address, since }) => ({
              id,
              name: address || t("live.local"),
              value: t("live.since", { time: format.moment(new Date(since)) }),
            }))}
          />
        </Panel>
      </div>
    </>
  );
}

function Latency({ figures }: { figures: LiveFigures }) {
  const t = useT();
  const { number } = useFormat();
  const rows: [string, Spread][] = [
    [t("live.deliveryOwn"), figures.deliveryOwn],
    [t("live.deliveryOthers"), figures.deliveryOthers],
    [t("live.commit"), figures.commit],
    [t("live.request"), figures.request],
  ];
  return (
    <Panel id="latency" title={t("live.latency")}>
      <table className="w-full text-sm tabular-nums">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="text-start font-medium">
              {t("live.what")}
            </th>
            {["50 %", "95 %", "99 %"].map((share) => (
              <th key={share} scope="col" className="ps-3 text-end font-medium">
                {share}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, { p50, p95, p99 }]) => (
            <tr key={name} className="border-line border-t">
              <th scope="row" className="py-1.5 text-start font-normal">
                {name}
              </th>
              {Object.entries({ p50, p95, p99 }).map(([share, value]) => (
                <td key={share} className="whitespace-nowrap py-1.5 ps-3 text-end">
                  {milliseconds(value, number)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** While the stream is open: without a server the page would be exchanged for an error. */
function useBeat() {
  const { revalidate, state } = useRevalidator();
  const isConnected = useStreamState() === "open";
  useEffect(() => {
    if (state !== "idle" || !isConnected) return;
    const look = () => document.visibilityState === "visible" && revalidate();
    const timer = setTimeout(look, beat);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [revalidate, state, isConnected]);
}

/** Tenths where they say something. */
const round = (value: number) => (value < 100 ? Math.round(value * 10) / 10 : Math.round(value));

function milliseconds(seconds: number | null, number: (value: number) => string): string {
  return seconds === null ? "–" : `${number(round(seconds * 1000))} ms`;
}
