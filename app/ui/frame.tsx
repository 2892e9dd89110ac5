import type { ReactNode } from "react";
import { useFollowedPage } from "./followed-links";
import { Header, type Person } from "./header";
import { useMenus } from "./menu";

type Props = {
  viewer: Person | null;
  /** Nobody that a page may know of, but not somebody who could sign in either. */
  isLockedOut?: boolean;
  unread: number;
  /** Notifications that are unread. */
  news?: number;
  children: ReactNode;
};

/** What every page has: the bar, and below it the page itself. */
export function Frame({ viewer, isLockedOut, unread, news, children }: Props) {
  useMenus();
  useFollowedPage();
  return (
    <>
      <Header viewer={viewer} isLockedOut={isLockedOut} unread={unread} news={news} />
      <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </>
  );
}
