import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** A page's title with the number of unread messages before it, where there are any. */
export function countedTitle(title: string, unread: number): string {
  return unread > 0 ? `(${unread}) ${title}` : title;
}

/** Keeps the count in the browser's tab up to date. */
export function useCountedTitle(title: string, unread: number): void {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a navigation puts the rendered title back
  useEffect(() => {
    document.title = countedTitle(title, unread);
  }, [title, unread, key]);
}
