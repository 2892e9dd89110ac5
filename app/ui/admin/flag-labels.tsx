import type { FlagOutcome } from "~/moderation/flags/flag";
import type { gravityOf } from "~/moderation/flags/queue";
import { useT } from "~/ui/i18n";

const label = "inline-block whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-xs";

type Gravity = ReturnType<typeof gravityOf>;

const look: Record<Gravity, string> = {
  high: "bg-danger-soft text-danger",
  middle: "bg-warning-soft text-warning",
  low: "bg-sunken text-muted",
};

/** How bad it looks, in a word as well as by colour. */
export function GravityLabel({ gravity }: { gravity: Gravity }) {
  const t = useT();
  return <span className={`${label} ${look[gravity]}`}>{t(`flag.gravity.${gravity}`)}</span>;
}

/** How it ended. */
export function FlagOutcomeLabel({ outcome }: { outcome: FlagOutcome }) {
  const t = useT();
  return <span className={`${label} bg-sunken text-muted`}>{t(`flag.outcome.${outcome}`)}</span>;
}
