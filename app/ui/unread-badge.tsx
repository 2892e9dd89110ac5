import { useT } from "./i18n";

/** Shows the number and says "N unread"; nothing when there is nothing unread. */
export function UnreadBadge({ count }: { count: number }) {
  const t = useT();
  return <CountBadge count={count} label={t("app.unread", { count })} />;
}

/** Shows the number and says the label; nothing for 0. */
export function CountBadge({ count, label }: { count: number; label: string }) {
  if (count < 1) return null;
  return (
    <span className="inline-flex min-w-5 items-center justify-center rounded-full bg-accent px-1.5 py-0.5 font-semibold text-on-accent text-xs tabular-nums">
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
