import { Link } from "@remix-run/react";
import { Icon } from "~/ui/icon";

export type Choice = {
  to: string;
  label: string;
  isCurrent: boolean;
  count?: number;
  /** Marked with a lock. */
  isPrivate?: boolean;
};

/** Links that choose one of a few views of a list; on a phone they scroll in their own line. */
export function Choices({ label, choices }: { label: string; choices: Choice[] }) {
  return (
    <nav aria-label={label} className="min-w-0 max-w-full overflow-x-auto">
      <ul className="flex w-max gap-1 rounded-xl bg-sunken p-1">
        {choices.map((choice) => (
          <li key={choice.to}>
            <Link
              to={choice.to}
              preventScrollReset
              aria-current={choice.isCurrent ? "page" : undefined}
              className="flex min-h-9 items-center gap-1.5 whitespace-nowrap rounded-lg px-3 font-medium text-muted text-sm hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:bg-surface aria-[current=page]:text-ink aria-[current=page]:shadow-card pointer-coarse:min-h-11"
            >
              {choice.isPrivate && <Icon className="icon-lock size-3.5" />}
              <bdi className="max-w-40 truncate">{choice.label}</bdi>
              {choice.count !== undefined && (
                <span className="text-muted text-xs tabular-nums">{choice.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
