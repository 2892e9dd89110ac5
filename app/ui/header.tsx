import { useLocation } from "@remix-run/react";
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
import { followed } from "./followed-links";
import { useLanguage, useT } from "./i18n";
import { Stills } from "./stills";
import { UnreadBadge } from "./unread-badge";

type Props = { viewer: Person | null; isLockedOut?: boolean; unread: number };
export type Person = Pick<Viewer, "name" | "role">;

/** Where the bar leads, and what of it one can be at. */
const places = [listingsPath, chatsPath, adminPath, settingsPath];

/** The bar over every page: where one is, where else one can go, and who one is. */
export function Header(props: Props) {
  const { key } = useLanguage();
  const { pathname } = useLocation();
  const here = places.find((path) => pathname === path || pathname.startsWith(`${path}/`));
  const bar = {
    id: "bar",
    key: JSON.stringify(["bar", key, props, here]),
    make: () => <Bar {...props} here={here} />,
  };
  return <Stills as="header" className="border-line border-b bg-surface" stills={[bar]} />;
}

/** Its links are plain: the frame follows them. */
function Bar({ viewer, isLockedOut, unread, here }: Props & { here?: string }) {
  const t = useT();
  return (
    <div className="mx-auto flex h-14 max-w-screen-2xl items-center gap-2 px-3 md:gap-4 md:px-6">
      <a
        href={homePath}
        {...followed}
        className="flex items-center gap-2 rounded-lg font-semibold text-lg"
      >
        <Mark />
        <span className={viewer ? "max-sm:sr-only" : ""}>{t("app.name")}</span>
      </a>
      {viewer ? (
        <SignedIn viewer={viewer} unread={unread} here={here} />
      ) : (
        !isLockedOut && <SignedOut />
      )}
    </div>
  );
}

type SignedInProps = { viewer: Person; unread: number; here?: string };

function SignedIn({ viewer, unread, here }: SignedInProps) {
  const t = useT();
  const isStaff = viewer.role !== "user";
  return (
    <>
      {/* Three words are more than a phone has room for: staff have icons there. */}
      <nav
        aria-label={t("app.mainNavigation")}
        className={`flex items-center gap-1 ${isStaff ? "max-sm:[&_.nav-word]:sr-only" : ""}`}
      >
        <Item here={here} to={listingsPath} icon={<Icon className="icon-store size-5" />}>
          <span className="nav-word">{t("app.nav.listings")}</span>
        </Item>
        <Item here={here} to={chatsPath} icon={<Icon className="icon-messages-square size-5" />}>
          <span className="nav-word">{t("app.nav.chats")}</span> <UnreadBadge count={unread} />
        </Item>
        {isStaff && (
          <Item here={here} to={adminPath} icon={<Icon className="icon-scale size-5" />}>
            <span className="nav-word">{t("app.nav.admin")}</span>
          </Item>
        )}
      </nav>
      <div className="ms-auto flex min-w-0 items-center gap-1">
        <span className="max-w-64 truncate text-muted text-sm max-md:sr-only">{viewer.name}</span>
        <a
          href={settingsPath}
          {...followed}
          aria-current={here === settingsPath ? "page" : undefined}
          title={t("app.nav.settings")}
          className="flex size-11 shrink-0 items-center justify-center rounded-xl text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-ink"
        >
          <Icon className="icon-settings size-5" />
          <span className="sr-only">{t("app.nav.settings")}</span>
        </a>
        <form
          method="post"
          action={logoutPath}
          {...followed}
          className="shrink-0 whitespace-nowrap"
        >
          <button
            type="submit"
            title={t("app.signOut")}
            className={buttonClass("quiet", "max-md:w-11 max-md:px-0")}
          >
            <Icon className="icon-log-out size-5 rtl:-scale-x-100" />
            <span className="max-md:sr-only">{t("app.signOut")}</span>
          </button>
        </form>
      </div>
    </>
  );
}

function SignedOut() {
  const t = useT();
  return (
    <nav aria-label={t("app.mainNavigation")} className="ms-auto flex items-center gap-1">
      <a href={loginPath()} {...followed} className={buttonClass("quiet")}>
        {t("app.signIn")}
      </a>
      <a href={joinPath()} {...followed} className={buttonClass("primary")}>
        {t("app.join")}
      </a>
    </nav>
  );
}

type ItemProps = { here?: string; to: string; icon: ReactNode; children: ReactNode };

function Item({ here, to, icon, children }: ItemProps) {
  return (
    <a
      href={to}
      {...followed}
      aria-current={here === to ? "page" : undefined}
      className="flex min-h-11 items-center gap-2 rounded-xl px-3 max-sm:px-2 font-medium text-muted text-sm hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-ink"
    >
      {icon}
      <span className="flex items-center gap-1.5">{children}</span>
    </a>
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
