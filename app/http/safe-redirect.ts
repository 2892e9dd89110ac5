/**
 * Where to go after a form, as a path on our own origin. What a browser would take elsewhere
 * (`//evil`, `/\evil`, `/<tab>/evil`, `javascript:`) becomes the fallback: the address is resolved
 * as the browser resolves it, its origin compared, and only path and query are written out again.
 *
 * @param origin our own, as in `https://chat.example`
 */
export function safeRedirect(wanted: unknown, origin: string, fallback: string): string {
  if (typeof wanted !== "string" || wanted === "" || wanted.length > 2_000) return fallback;
  if (!URL.canParse(wanted, origin)) return fallback;
  const { origin: resolved, pathname, search } = new URL(wanted, origin);
  // "/.//evil.com" is ours, but its path alone would be another host's; a "blob:" of ours is no path.
  if (resolved !== new URL(origin).origin || !/^\/(?!\/)/.test(pathname)) return fallback;
  return pathname + search;
}

/** The page's `?redirectTo=`, when it is one of ours. */
export function readRedirectTo(request: Request): string | undefined {
  const { searchParams, origin } = new URL(request.url);
  return safeRedirect(searchParams.get("redirectTo"), origin, "") || undefined;
}
