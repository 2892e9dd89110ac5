import { Link } from "@remix-run/react";
import { userPath } from "~/http/paths";
import type { Side } from "~/moderation/disputes/case-view";
import type { Sanction } from "~/moderation/people/sanction";
import { Avatar } from "~/ui/chat/avatar";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "./panel";

/** Sanctions of a person that a case's page shows; his own page has them all. */
const shownSanctions = 3;

/** Both sides with what they bore before. */
export function CasePeople({ sides, disputeId }: { sides: readonly Side[]; disputeId: string }) {
  const t = useT();
  return (
    <Panel id="people" title={t("case.people")}>
      <ul className="divide-y divide-line">
        {sides.map((side) => (
          <li key={side.id} className="py-3 first:pt-0 last:pb-0">
            <Person side={side} disputeId={disputeId} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Person({ side, disputeId }: { side: Side; disputeId: string }) {
  const t = useT();
  const format = useFormat();
  const { id, name, role, sanctions, blocksSince } = side;
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
        <span className="text-muted text-sm">
          {t("case.sanctions", { count: sanctions.length })}
        </span>
      </div>
      {sanctions.length > 0 && (
        <ul className="mt-2 space-y-1.5">
          {sanctions.slice(0, shownSanctions).map((sanction) => (
            <PastSanction key={sanction.id} sanction={sanction} />
          ))}
        </ul>
      )}
    </>
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
