import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { readForViewer, readSession } from "~/accounts/viewer.server";
import { OutboxProvider } from "~/chats/client/outbox-provider";
import { listUnread } from "~/chats/list.server";
import { pageCursor } from "~/chats/page-cursor.server";
import { readTimeZone } from "~/http/time-zone.server";
import { LiveProvider, useLive } from "~/live/client/live";
import { readNotices } from "~/moderation/people/notices.server";
import { useTendedPushes } from "~/notifications/push/tending";
import { readUnreadNotifications } from "~/notifications/unread.server";
import { Attention } from "~/ui/attention";
import { useBrowserCookies } from "~/ui/browser-cookies";
import { pickLocale } from "~/ui/catalogs.server";
import { ConnectionLine } from "~/ui/connection-line";
import { countedIcon, countedTitle, useCountedTitle } from "~/ui/counted-title";
import { FailurePage, NotFoundPage } from "~/ui/failures";
import { Frame } from "~/ui/frame";
import type { Person } from "~/ui/header";
import { LanguageProvider, useLanguage, useT } from "~/ui/i18n";
import { useServerOnly } from "~/ui/nonce";
import { NoticeBanner } from "~/ui/notices";
import type { Notice } from "~/ui/notices/notice-banner";
import { usePageTitle } from "~/ui/page-title";
import stylesheet from "~/ui/theme.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "manifest", href: "/manifest.webmanifest" },
  { rel: "apple-touch-icon", href: "/icons/apple-touch-icon.png" },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await readForViewer(request, async (db, viewer) => {
    const [cursor, unread, notifications, notices] = await Promise.all([
      pageCursor(db),
      listUnread(db, viewer),
      readUnreadNotifications(db, viewer),
      readNotices(db, viewer),
    ]);
    return { live: { cursor, unread, notifications }, notices };
  });
  const standing = (await readSession(request))?.standing ?? "good";
  const warning: Notice[] = standing === "warned" ? ["warning"] : [];
  return {
    isLockedOut: standing === "lockedOut",
    notices: [...warning, ...(page?.result.notices ?? [])],
    viewer: page && { id: page.viewer.id, name: page.viewer.name, role: page.viewer.role },
    locale: pickLocale(request),
    timeZone: readTimeZone(request),
    live: page?.result.live ?? null,
  };
}

export { shouldRevalidate } from "~/chats/client/revalidation";

export function Layout({ children }: { children: ReactNode }) {
  const t = useT();
  const { i18n } = useLanguage();
  const data = useRouteLoaderData<typeof loader>("root");
  const { nonce, pageData } = useServerOnly();
  const error = useRouteError();
  const title = usePageTitle();
  const unread = data?.live?.unread.reduce((sum, chat) => sum + chat.lastSeq - chat.readSeq, 0);
  return (
    <html lang={i18n.locale} dir={directionOf(i18n.locale)} data-time-zone={data?.timeZone}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>
          {error
            ? t(isNotFound(error) ? "error.notFoundTitle" : "error.unexpectedTitle")
            : countedTitle(title, unread ?? 0)}
        </title>
        <Meta />
        <link rel="icon" href={countedIcon(unread ?? 0)} type="image/svg+xml" />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col">
        <a href="#content" className="skip-link">
          {t("app.skip")}
        </a>
        {children}
        {/* An error page carries nothing that could tell one cause from another. */}
        {!error && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
            {pageData ? (
              // biome-ignore lint/security/noDangerouslySetInnerHtml: a script is no text of a page
              <script nonce={nonce} dangerouslySetInnerHTML={{ __html: pageData }} />
            ) : null}
          </>
        )}
      </body>
    </html>
  );
}

export default function App() {
  const { timeZone, viewer, isLockedOut, notices, live } = useLoaderData<typeof loader>();
  const { i18n } = useLanguage();
  useBrowserCookies(timeZone);
  return (
    <LanguageProvider i18n={i18n} timeZone={timeZone}>
      {viewer && live ? (
        // Another person on the same pages is another stream.
        <LiveProvider key={viewer.id} userId={viewer.id} {...live}>
          <ConnectionLine />
          {notices.map((notice) => (
            <Suspense key={notice}>
              <NoticeBanner notice={notice} />
            </Suspense>
          ))}
          <OutboxProvider userId={viewer.id}>
            <LiveFrame viewer={viewer} userId={viewer.id} />
          </OutboxProvider>
        </LiveProvider>
      ) : (
        <Frame viewer={null} isLockedOut={isLockedOut} unread={0}>
          <Outlet />
        </Frame>
      )}
    </LanguageProvider>
  );
}

function LiveFrame({ viewer, userId }: { viewer: Person; userId: string }) {
  const { totalUnread, notifications } = useLive();
  useCountedTitle(usePageTitle(), totalUnread);
  const [isCalled, setCalled] = useState(false);
  // After React took the page over, which has nothing of it.
  useEffect(() => {
    if (totalUnread > 0) setCalled(true);
  }, [totalUnread]);
  useTendedPushes();
  return (
    <Frame viewer={viewer} unread={totalUnread} news={notifications.unread}>
      {isCalled && (
        <Suspense>
          <Attention userId={userId} />
        </Suspense>
      )}
      <Outlet />
    </Frame>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>("root");
  return (
    <Frame viewer={data?.viewer ?? null} unread={0}>
      <Suspense>{isNotFound(error) ? <NotFoundPage /> : <FailurePage />}</Suspense>
    </Frame>
  );
}

function isNotFound(error: unknown) {
  return isRouteErrorResponse(error) && (error.status === 404 || error.status === 405);
}

/** Scripts that are written from right to left. */
function directionOf(locale: string) {
  return /^(ar|fa|he|ur)\b/.test(locale) ? "rtl" : "ltr";
}
