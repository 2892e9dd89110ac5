import { Link } from "@remix-run/react";
import type { ParticipantRole } from "~/chats/message";
import { flagPath, userPath } from "~/http/paths";
import type { PastFlag } from "~/moderation/flags/flag-view";
import type { Sanction } from "~/moderation/people/sanction";
import { Avatar } from "~/ui/chat/avatar";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "./panel";

/** Sanctions of a person that a case's page shows; his own page has them all. */
const shownSanctions = 3;

type Shown = {
  id: string;
  name: string;
  role: ParticipantRole;
  sanctions: readonly Sanction[];
  /** Since when he blocks the other side. */
  blocksSince: string | null;
  /** The latest ones that concern him, and how many there are. */
  flags?: readonly PastFlag[];
  flagCount?: number;
};

type Props = {
  people: readonly Shown[];
  /** The case that a sanction would come from. */
  disputeId?: string;
};

/** Those whom it is about with what they bore before. */
export function CasePeople({ people, disputeId }: Props) {
  const t = useT();
  return (
    <Panel id="people" title={t("case.people")}>
      <ul className="divide-y divide-line">
        {people.map((person) => (
          <li key={person.id} className="py-3 first:pt-0 last:pb-0">
            <Person person={person} disputeId={disputeId} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Person({ person, disputeId }: { person: Shown; disputeId?: string }) {
  const t = useT();
  const format = useFormat();
  const { id, name, role, sanctions, blocksSince, flags = [], flagCount = 0 } = person;
  return (
    <>
      <div className="flex items-center gap-3">
        <Avatar id={id} name={name} />
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-medium">
            <Link
              to={userPath(id, { dispute: disputeId })}
              className="underline-offset-2 hover:underline"
            >
              <bdi>{name}</bdi>
            </Link>
          </h3>
          <p className="text-muted text-sm">{t(`case.side.${role}`)}</p>
          {blocksSince && (
            <p className="text-sm text-warning">
              {t("case.blocksOther", { at: format.moment(new Date(blocksSince)) })}
            </p>
          )}
        </div>
        <p className="text-end text-muted text-sm">
          {t("case.sanctions", { count: sanctions.length })}
          {flagCount > 0 && (
            <span className="block">{t("flag.earlier", { count: flagCount })}</span>
          )}
        </p>
      </div>
      {sanctions.length > 0 && (
        <ul className="mt-2 space-y-1.5">
          {sanctions.slice(0, shownSanctions).map((sanction) => (
            <PastSanction key={sanction.id} sanction={sanction} />
          ))}
        </ul>
      )}
      {flags.length > 0 && (
        <ul aria-label={t("flag.earlier", { count: flagCount })} className="mt-2 text-sm">
          {flags.map((flag) => (
            <EarlierFlag key={flag.id} flag={flag} />
          ))}
        </ul>
      )}
    </>
  );
}

function EarlierFlag({ flag }: { flag: PastFlag }) {
  const t = useT();
  const format = useFormat();
  return (
    <li>
      <Link
        to={flagPath(flag.id)}
        className="flex min-h-9 items-center justify-between gap-3 underline-offset-2 hover:underline pointer-coarse:min-h-11"
      >
        <span>
          {t(`queue.source.${flag.source}`)}
          <span className="text-muted">
            {" · "}
            {t(flag.outcome ? `flag.outcome.${flag.outcome}` : "flag.undecided")}
          </span>
        </span>
        <time dateTime={flag.openedAt} className="text-muted text-xs">
          {format.moment(new Date(flag.openedAt))}
        </time>
      </Link>
    </li>
  );
}

function PastSanction({ sanction }: { sanction: Sanction }) {
  const t = useT();
  const format = useFormat();
  return (
    <li className="rounded-lg bg-sunken px-3 py-2 text-sm">
      <span className={`font-medium ${sanction.isActive ? "text-danger" : "text-muted"}`}>
        {t(`sanction.kind.${sanction.kind}`)}
      </span>{" "}
      <time dateTime={sanction.createdAt} className="text-muted text-xs">
        {format.moment(new Date(sanction.createdAt))}
      </time>
      <p dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
        {sanction.reason}
      </p>
    </li>
  );
}
