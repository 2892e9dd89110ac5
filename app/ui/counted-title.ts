import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** A page's title with the number of unread messages before it, where there are any. */
export function countedTitle(title: string, unread: number): string {
  return unread > 0 ? `(${unread}) ${title}` : title;
}

/** The browser's tab has a dot as long as there are unread messages. */
export const countedIcon = (unread: number) => `/favicon${unread > 0 ? "-unread" : ""}.svg`;

/**
 * Keeps the count in the browser's tab, and on the icon of the installed program, up to date; the
 * tab's own icon follows where something is unread (`Attention`), and whoever signs out takes the
 * number with him (`useForgottenDevice`).
 */
export function useCountedTitle(title: string, unread: number): void {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a navigation puts the rendered title back
  useEffect(() => {
    document.title = countedTitle(title, unread);
    navigator.setAppBadge?.(unread).catch(() => {});
  }, [title, unread, key]);
}
