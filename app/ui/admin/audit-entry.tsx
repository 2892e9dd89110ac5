import { Link } from "@remix-run/react";
import { adminChatPath, casePath, userPath } from "~/http/paths";
import { isAuditAction } from "~/moderation/audit/audit-actions";
import type { AuditListed } from "~/moderation/audit/audit-entry";
import { useFormat, useT } from "~/ui/i18n";

const roles = ["user", "moderator", "admin", "host", "system"] as const;

/** An entry of the audit log: when, who and what, about what, and why. */
export function AuditEntryItem({ entry }: { entry: AuditListed }) {
  const t = useT();
  const format = useFormat();
  const { seq, at, actor, key, actorRole, action, chatId, disputeId, person } = entry;
  const role = roles.find((one) => one === actorRole);
  const roleName = key
    ? t("audit.role.host.key", { name: key.name })
    : role
      ? t(`audit.role.${role}`)
      : actorRole;
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 text-sm md:grid-cols-[13rem_14rem_1fr]">
      <p className="flex items-baseline gap-2 text-muted tabular-nums">
        <span className="text-xs">#{seq}</span>
        <time dateTime={at}>{format.moment(new Date(at))}</time>
      </p>
      <p className="min-w-0 truncate">
        {actor && <Person {...actor} />} <span className="text-muted text-xs">{roleName}</span>
      </p>
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-3">
          <span className="font-medium">
            {isAuditAction(action) ? t(`audit.action.${action}`) : action}
          </span>
          {person && <Person {...person} />}
          {disputeId && (
            <Link to={casePath(disputeId)} className="text-accent underline">
              {t("audit.about.dispute")}
            </Link>
          )}
          {chatId && (
            <Link to={adminChatPath(chatId)} className="text-accent underline">
              {t("audit.about.chat")}
            </Link>
          )}
        </p>
        <Details details={entry.details} />
      </div>
    </li>
  );
}

function Person({ id, name }: { id: string; name: string | null }) {
  return (
    <Link to={userPath(id)} className="text-accent underline">
      <bdi>{name ?? id}</bdi>
    </Link>
  );
}

function Details({ details }: { details: AuditListed["details"] }) {
  const known = Object.entries(details).filter(([, value]) => value !== null && value !== "");
  if (known.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-wrap gap-x-4 text-muted text-xs">
      {known.map(([name, value]) => (
        <div key={name} className="flex min-w-0 gap-1">
          <dt>{name}:</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]" dir="auto">
            {typeof value === "object" ? JSON.stringify(value) : String(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
