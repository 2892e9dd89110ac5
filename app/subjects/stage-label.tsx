import type { Stage } from "~/chats/system-event";
import { useT } from "~/ui/i18n";

const look: Record<Stage, string> = {
  inquiry: "bg-accent-soft text-accent-strong",
  paid: "bg-warning-soft text-warning",
  shipped: "bg-warning-soft text-warning",
  completed: "bg-sunken text-muted",
  cancelled: "bg-danger-soft text-danger",
};

/** How far the deal on a subject is. */
export function StageLabel({ stage }: { stage: Stage }) {
  const t = useT();
  return (
    <span className={`inline-block rounded-full px-2.5 py-0.5 font-medium text-xs ${look[stage]}`}>
      {t(`subject.stage.${stage}`)}
    </span>
  );
}
