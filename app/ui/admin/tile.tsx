import { Link } from "@remix-run/react";

type Props = { name: string; value: number | string; to?: string; isUrgent?: boolean };

/** One number that stands for itself. */
export function Tile({ name, value, to, isUrgent = false }: Props) {
  return (
    <li
      className={`relative rounded-2xl border border-line bg-surface p-4 shadow-card ${to ? "focus-within:border-accent hover:border-accent" : ""}`}
    >
      <p className="text-muted text-sm">
        {to ? (
          <Link to={to} className="after:absolute after:inset-0 after:rounded-2xl">
            {name}
          </Link>
        ) : (
          name
        )}
      </p>
      <p
        className={`mt-1 font-semibold text-2xl tabular-nums tracking-tight ${isUrgent ? "text-danger" : ""}`}
      >
        {value}
      </p>
    </li>
  );
}
