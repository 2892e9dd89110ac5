import { Link } from "@remix-run/react";
import { flagPath } from "~/http/paths";
import { gravityOf, type ListedFlag } from "~/moderation/flags/queue";
import { useLanguage } from "~/ui/i18n";
import { agePhrase } from "./duration";
import { FlagOutcomeLabel, GravityLabel } from "./flag-labels";

type Props = { flag: ListedFlag; viewerId: string; now: number };

/** One flag of the queue: how bad it looks first, because that is what it is sorted by. */
export function FlagRow({ flag, viewerId, now }: Props) {
  const { t, format } = useLanguage();
  const { person, subject, by, kinds, outcome, resolvedAt } = flag;
  const age = agePhrase(now - Date.parse(flag.openedAt));
  return (
    <li className="relative grid grid-cols-[1fr_auto] gap-x-4 gap-y-2 px-3 py-3 focus-within:bg-sunken hover:bg-sunken md:grid-cols-[7rem_minmax(0,1.2fr)_minmax(0,1fr)_11rem] md:items-center md:px-4">
      <div className="flex items-center gap-2 md:order-1 md:block">
        <GravityLabel gravity={gravityOf(flag.severity)} />
        <p className="text-muted text-xs tabular-nums md:mt-1">
          {resolvedAt
            ? format.brief(new Date(resolvedAt), new Date(now))
            : t("queue.age", { ago: t(age.id, age.values) })}
        </p>
      </div>
      <div className="min-w-0 text-end text-sm md:order-4 md:text-start">
        {outcome && <FlagOutcomeLabel outcome={outcome} />}
        <p className="truncate text-muted text-xs">
          {flag.isOwnDecision ? t("flag.forAnother") : by ? holderOf(by) : t("flag.free")}
        </p>
      </div>
      <div className="col-span-2 min-w-0 md:order-2 md:col-span-1">
        <h2 className="min-w-0 truncate">
          <Link
            to={flagPath(flag.id)}
            data-row
            className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            {t(flag.isOfMessage ? "flag.ofMessage" : "flag.ofPerson", { name: person.name })}
          </Link>
        </h2>
        <p className="truncate text-muted text-sm">
          <bdi>{subject.title}</bdi>
        </p>
      </div>
      <div className="col-span-2 min-w-0 text-sm md:order-3 md:col-span-1">
        <p className="truncate">
          {flag.source === "appeal" && <span className="font-medium">{t("flag.appeal")} · </span>}
          {kinds.map((kind) => t(`flag.kind.${kind}`)).join(", ")}
        </p>
        {flag.reports > 0 && (
          <p className="text-muted text-xs">{t("flag.reports", { count: flag.reports })}</p>
        )}
      </div>
    </li>
  );

  function holderOf({ id, name }: { id: string; name: string }) {
    if (outcome) return name;
    return id === viewerId ? t("flag.heldByYou") : t("flag.heldBy", { name });
  }
}
