import { Form, Link, NavLink } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Viewer } from "~/accounts/viewer";
import {
  adminPath,
  chatsPath,
  homePath,
  joinPath,
  listingsPath,
  loginPath,
  logoutPath,
  settingsPath,
} from "~/http/paths";
import { Icon } from "~/ui/icon";
import { buttonClass } from "./button";
import { useT } from "./i18n";
import { UnreadBadge } from "./unread-badge";

type Props = { viewer: Person | null; isLockedOut?: boolean; unread: number };
export type Person = Pick<Viewer, "name" | "role">;

/** The bar over every page: where one is, where else one can go, and who one is. */
export function Header({ viewer, isLockedOut, unread }: Props) {
  const t = useT();
  return (
    <header className="border-line border-b bg-surface">
      <div className="mx-auto flex h-14 max-w-screen-2xl items-center gap-2 px-3 md:gap-4 md:px-6">
        <Link to={homePath} className="flex items-center gap-2 rounded-lg font-semibold text-lg">
          <Mark />
          <span className={viewer ? "max-sm:sr-only" : ""}>{t("app.name")}</span>
        </Link>
        {viewer ? <SignedIn viewer={viewer} unread={unread} /> : !isLockedOut && <SignedOut />}
      </div>
    </header>
  );
}

function SignedIn({ viewer, unread }: { viewer: Person; unread: number }) {
  const t = useT();
  const isStaff = viewer.role !== "user";
  return (
    <>
      {/* Three words are more than a phone has room for: staff have icons there. */}
      <nav
        aria-label={t("app.mainNavigation")}
        className={`flex items-center gap-1 ${isStaff ? "max-sm:[&_.nav-word]:sr-only" : ""}`}
      >
        <Item to={listingsPath} icon={<Icon className="icon-store size-5" />}>
          <span className="nav-word">{t("app.nav.listings")}</span>
        </Item>
        <Item to={chatsPath} icon={<Icon className="icon-messages-square size-5" />}>
          <span className="nav-word">{t("app.nav.chats")}</span> <UnreadBadge count={unread} />
        </Item>
        {isStaff && (
          <Item to={adminPath} icon={<Icon className="icon-scale size-5" />}>
            <span className="nav-word">{t("app.nav.admin")}</span>
          </Item>
        )}
      </nav>
      <div className="ms-auto flex min-w-0 items-center gap-1">
        <span className="max-w-64 truncate text-muted text-sm max-md:sr-only">{viewer.name}</span>
        <NavLink
          to={settingsPath}
          title={t("app.nav.settings")}
          className="flex size-11 shrink-0 items-center justify-center rounded-xl text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-ink"
        >
          <Icon className="icon-settings size-5" />
          <span className="sr-only">{t("app.nav.settings")}</span>
        </NavLink>
        <Form method="post" action={logoutPath} className="shrink-0 whitespace-nowrap">
          <button
            type="submit"
            title={t("app.signOut")}
            className={buttonClass("quiet", "max-md:w-11 max-md:px-0")}
          >
            <Icon className="icon-log-out size-5 rtl:-scale-x-100" />
            <span className="max-md:sr-only">{t("app.signOut")}</span>
          </button>
        </Form>
      </div>
    </>
  );
}

function SignedOut() {
  const t = useT();
  return (
    <nav aria-label={t("app.mainNavigation")} className="ms-auto flex items-center gap-1">
      <Link to={loginPath()} className={buttonClass("quiet")}>
        {t("app.signIn")}
      </Link>
      <Link to={joinPath()} className={buttonClass("primary")}>
        {t("app.join")}
      </Link>
    </nav>
  );
}

function Item({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <NavLink
      to={to}
      className="flex min-h-11 items-center gap-2 rounded-xl px-3 max-sm:px-2 font-medium text-muted text-sm hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-ink"
    >
      {icon}
      <span className="flex items-center gap-1.5">{children}</span>
    </NavLink>
  );
}

/** Two speech bubbles that meet. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7 text-accent">
      <path
        fill="currentColor"
        d="M6 4h14a5 5 0 0 1 5 5v4a5 5 0 0 1-5 5h-8l-5 4v-4.1A5 5 0 0 1 1 13V9a5 5 0 0 1 5-5z"
      />
      <path
        fill="currentColor"
        fillOpacity=".45"
        d="M27.5 12.5A5 5 0 0 1 31 17v4a5 5 0 0 1-4 4.9V30l-5-4h-6a5 5 0 0 1-4.6-3l2-1.6H20a8 8 0 0 0 7.5-8.9z"
      />
    </svg>
  );
}
