import { Link } from "@remix-run/react";
import { adminChatPath, casePath } from "~/http/paths";
import type { FoundChat } from "~/moderation/access/found-chat";
import { useLanguage } from "~/ui/i18n";
import { SubjectPicture } from "~/ui/subject-picture";

/** A chat that was found: who talks about what, and nothing that they say. */
export function FoundChatRow({ found, now }: { found: FoundChat; now: number }) {
  const { t, format } = useLanguage();
  const { subject, buyer, seller, caseId, matches } = found;
  return (
    <li className="relative flex items-center gap-3 px-3 py-3 focus-within:bg-sunken hover:bg-sunken md:px-4">
      <SubjectPicture picture={subject.picture} className="size-11 shrink-0 rounded-lg" />
      <div className="min-w-0 flex-1">
        <h2 className="flex min-w-0 items-baseline gap-2">
          <Link
            to={adminChatPath(found.id)}
            data-row
            className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            <bdi>{subject.title}</bdi>
          </Link>
          <span className="shrink-0 text-muted text-sm">{subject.reference}</span>
        </h2>
        <p className="truncate text-muted text-sm">
          <bdi>{buyer.name}</bdi> · <bdi>{seller.name}</bdi>
        </p>
        <p className="flex flex-wrap gap-x-3 text-muted text-xs">
          <span>{t("found.messages", { count: found.messages })}</span>
          {matches !== null && (
            <span className="font-medium text-ink">{t("found.matches", { count: matches })}</span>
          )}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1 text-xs">
        <time dateTime={found.lastMessageAt} className="text-muted">
          {format.brief(new Date(found.lastMessageAt), new Date(now))}
        </time>
        <span className="text-muted">{t(`found.status.${found.status}`)}</span>
        {caseId && (
          <Link
            to={casePath(caseId)}
            className="relative rounded-full bg-warning-soft px-2 py-0.5 font-medium text-warning"
          >
            {t("found.case")}
          </Link>
        )}
      </div>
    </li>
  );
}
