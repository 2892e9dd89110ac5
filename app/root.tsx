import { useLingui } from "@lingui/react";
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
import type { ReactNode } from "react";
import { readViewer } from "~/accounts/viewer.server";
import { listUnread } from "~/chats/list.server";
import { db } from "~/db/db.server";
import { readTimeZone } from "~/http/time-zone.server";
import { useBrowserCookies } from "~/ui/browser-cookies";
import { pickLocale } from "~/ui/catalogs.server";
import { FailurePage, NotFoundPage } from "~/ui/error-pages";
import { Header } from "~/ui/header";
import { LanguageProvider, useT } from "~/ui/i18n";
import { useServerOnly } from "~/ui/nonce";
import { usePageTitle } from "~/ui/page-title";
import stylesheet from "~/ui/theme.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await readViewer(request);
  return {
    viewer: viewer && { id: viewer.id, name: viewer.name, role: viewer.role },
    locale: pickLocale(request),
    timeZone: readTimeZone(request),
    unread: viewer ? await listUnread(db, viewer) : [],
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const t = useT();
  const { i18n } = useLingui();
  const data = useRouteLoaderData<typeof loader>("root");
  const { nonce } = useServerOnly();
  const error = useRouteError();
  const title = usePageTitle();
  const unread = data?.unread.reduce((sum, chat) => sum + chat.lastSeq - chat.readSeq, 0) ?? 0;
  return (
    <html lang={i18n.locale} dir={directionOf(i18n.locale)} data-time-zone={data?.timeZone}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>
          {error ? t(isNotFound(error) ? "error.notFoundTitle" : "error.unexpectedTitle") : title}
        </title>
        <Meta />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:start-2 focus:top-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
        >
          {t("app.skip")}
        </a>
        <Header viewer={data?.viewer ?? null} unread={unread} />
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
        {/* An error page carries nothing that could tell one cause from another. */}
        {!error && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

export default function App() {
  const { timeZone } = useLoaderData<typeof loader>();
  const { i18n } = useLingui();
  useBrowserCookies(timeZone);
  return (
    <LanguageProvider i18n={i18n} timeZone={timeZone}>
      <Outlet />
    </LanguageProvider>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  return isNotFound(error) ? <NotFoundPage /> : <FailurePage />;
}

function isNotFound(error: unknown) {
  return isRouteErrorResponse(error) && (error.status === 404 || error.status === 405);
}

/** Scripts that are written from right to left. */
function directionOf(locale: string) {
  return /^(ar|fa|he|ur)\b/.test(locale) ? "rtl" : "ltr";
}
