import type { Standing } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import { useT } from "~/ui/i18n";

const label = "inline-block whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-xs";
const look: Record<Standing, string> = {
  good: "bg-sunken text-muted",
  warned: "bg-warning-soft text-warning",
  lockedOut: "bg-danger-soft text-danger",
};

/** How somebody stands, in words as well as by colour. */
export function StandingLabel({ standing }: { standing: Standing }) {
  const t = useT();
  return <span className={`${label} ${look[standing]}`}>{t(`user.standing.${standing}`)}</span>;
}

/** Of staff; that somebody is a user needs no saying. */
export function RoleLabel({ role }: Pick<Viewer, "role">) {
  const t = useT();
  if (role === "user") return null;
  return (
    <span className={`${label} bg-accent-soft text-accent-strong`}>{t(`user.role.${role}`)}</span>
  );
}
