import { useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Viewer } from "~/accounts/viewer";
import {
  adminPath,
  chatsPath,
  homePath,
  isWithin,
  joinPath,
  listingsPath,
  loginPath,
  logoutPath,
  notificationsPath,
  settingsPath,
} from "~/http/paths";
import { Icon } from "~/ui/icon";
import { buttonClass } from "./button";
import { followed } from "./followed-links";
import { useLanguage, useT } from "./i18n";
import { Stills } from "./stills";
import { UnreadBadge } from "./unread-badge";

type Props = { viewer: Person | null; isLockedOut?: boolean; unread: number; news?: number };
export type Person = Pick<Viewer, "name" | "role">;

/** Where the bar leads, and what of it one can be at. */
const places = [listingsPath, chatsPath, adminPath, notificationsPath, settingsPath];

/** The bar over every page: where one is, where else one can go, and who one is. */
export function Header(props: Props) {
  const { key } = useLanguage();
  const { pathname } = useLocation();
  const here = places.find((path) => isWithin(pathname, path));
  const bar = {
    id: "bar",
    key: JSON.stringify(["bar", key, props, here]),
    make: () => <Bar {...props} here={here} />,
  };
  return <Stills as="header" className="border-line border-b bg-surface" stills={[bar]} />;
}

/** Its links are plain: the frame follows them. */
function Bar({ viewer, isLockedOut, unread, news = 0, here }: Props & { here?: string }) {
  const t = useT();
  return (
    <div className="bar">
      <a
        href={homePath}
        {...followed}
        className="flex items-center gap-2 rounded-lg font-semibold text-lg"
      >
        <Icon className="icon-parley size-7 text-accent" />
        <span className={viewer ? "max-sm:sr-only" : ""}>{t("app.name")}</span>
      </a>
      {viewer ? (
        <SignedIn viewer={viewer} unread={unread} news={news} here={here} />
      ) : (
        !isLockedOut && <SignedOut />
      )}
    </div>
  );
}

type SignedInProps = { viewer: Person; unread: number; news: number; here?: string };

function SignedIn({ viewer, unread, news, here }: SignedInProps) {
  const t = useT();
  const isStaff = viewer.role !== "user";
  return (
    <>
      {/* A phone has no room for words: there are icons. */}
      <nav
        aria-label={t("app.mainNavigation")}
        className="flex items-center gap-1 max-sm:[&_.nav-word]:sr-only"
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
        <IconItem here={here} to={notificationsPath} name={t("app.nav.notifications")}>
          <Icon className="icon-bell size-5" />
          <UnreadBadge count={news} />
        </IconItem>
        <IconItem here={here} to={settingsPath} name={t("app.nav.settings")}>
          <Icon className="icon-settings size-5" />
        </IconItem>
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

type IconItemProps = { here?: string; to: string; name: string; children: ReactNode };

function IconItem({ here, to, name, children }: IconItemProps) {
  return (
    <a
      href={to}
      {...followed}
      aria-current={here === to ? "page" : undefined}
      title={name}
      className="bar-place bar-icon"
    >
      <span className="sr-only">{name}</span>
      {children}
    </a>
  );
}

type ItemProps = { here?: string; to: string; icon: ReactNode; children: ReactNode };

function Item({ here, to, icon, children }: ItemProps) {
  return (
    <a
      href={to}
      {...followed}
      aria-current={here === to ? "page" : undefined}
      className="bar-place"
    >
      {icon}
      <span className="flex items-center gap-1.5">{children}</span>
    </a>
  );
}
