import { Link } from "@remix-run/react";
import { casePath } from "~/http/paths";
import type { DeskCase } from "~/moderation/disputes/desk";
import { useLanguage } from "~/ui/i18n";
import { CaseStatusLabel } from "./case-status";
import { DueClock } from "./due-clock";
import { agePhrase } from "./duration";

type Props = { found: DeskCase; viewerId: string; now: number };

/** One case of the desk: the clock first, because that is what it is sorted by. */
export function CaseRow({ found, viewerId, now }: Props) {
  const { t, format } = useLanguage();
  const { subject, due, claimedBy, wish } = found;
  const age = agePhrase(now - Date.parse(found.openedAt));
  return (
    <li className="relative grid grid-cols-[1fr_auto] gap-x-4 gap-y-2 px-3 py-3 focus-within:bg-sunken hover:bg-sunken md:grid-cols-[10rem_minmax(0,1.4fr)_minmax(0,1fr)_8rem] md:items-center md:px-4">
      <div className="md:order-1">
        {due ? (
          <DueClock due={due} now={now} />
        ) : (
          <span className="text-muted text-sm">
            {found.resolvedAt && format.brief(new Date(found.resolvedAt), new Date(now))}
          </span>
        )}
      </div>
      <div className="text-end md:order-4 md:text-start">
        <CaseStatusLabel status={found.status} outcome={found.outcome} />
        <p className="mt-1 truncate text-muted text-xs">
          {claimedBy?.id === viewerId
            ? t("case.claimed.you")
            : (claimedBy?.name ?? t("case.claimed.nobody"))}
        </p>
      </div>
      <div className="col-span-2 min-w-0 md:order-2 md:col-span-1">
        <h2 className="flex min-w-0 items-baseline gap-2">
          <Link
            to={casePath(found.id)}
            data-row
            className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            <bdi>{subject.title}</bdi>
          </Link>
          <span className="shrink-0 text-muted text-sm tabular-nums">
            {format.price(subject.priceAmount, subject.priceCurrency)}
          </span>
        </h2>
        <p className="truncate text-muted text-sm">
          <bdi>{found.buyer.name}</bdi> · <bdi>{found.seller.name}</bdi>
        </p>
      </div>
      <div className="col-span-2 min-w-0 text-sm md:order-3 md:col-span-1">
        <p className="truncate">
          {found.isAppeal && <span className="font-medium">{t("case.appeal")} · </span>}
          {t(`dispute.reason.${found.reason}`)}
          {wish && <span className="text-muted"> · {t(`dispute.wish.${wish}`)}</span>}
        </p>
        <p className="truncate text-muted text-xs">
          {t(`case.opened.${found.openedAs}`, { ago: t(age.id, age.values) })}
        </p>
      </div>
    </li>
  );
}
