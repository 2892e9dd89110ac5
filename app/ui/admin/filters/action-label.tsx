import type { FilterAction } from "~/safety/verdict";
import { useT } from "~/ui/i18n";

const look: Record<FilterAction, string> = {
  allow: "bg-sunken text-muted",
  flag: "bg-accent-soft text-accent-strong",
  warn: "bg-warning-soft text-warning",
  block: "bg-danger-soft text-danger",
};

/** What becomes of a message, in words as well as by colour. */
export function ActionLabel({ action }: { action: FilterAction }) {
  const t = useT();
  return (
    <span
      className={`inline-block whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-xs ${look[action]}`}
    >
      {t(`filters.action.${action}`)}
    </span>
  );
}
