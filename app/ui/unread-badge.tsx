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
    <span className="badge">
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
