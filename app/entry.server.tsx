import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { readTimeZone } from "~/http/time-zone.server";
import { log } from "~/operations/log.server";
import { i18nOf, pickLocale } from "~/ui/catalogs.server";
import { LanguageProvider } from "~/ui/i18n";
import { ServerOnly } from "~/ui/nonce";

/** Loaders that take longer than this, in ms, fail. */
export const streamTimeout = 5_000;

/**
 * In one go: no page waits for anything while it is rendered, and a stream of small pieces costs
 * more than the rest of Remix, in React as in the compression after it.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { nonce, requestId }: AppLoadContext,
): Promise<Response> {
  const locale = pickLocale(request);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Language", locale);
  headers.append("Vary", "Accept-Language");
  const html = renderToString(
    <ServerOnly.Provider value={{ nonce, requestId }}>
      <LanguageProvider i18n={i18nOf(locale)} timeZone={readTimeZone(request)}>
        <RemixServer context={await withPageData(remix)} url={request.url} nonce={nonce} />
      </LanguageProvider>
    </ServerOnly.Provider>,
  );
  return new Response(`<!DOCTYPE html>${html}`, { headers, status });
}

/** Reads what the loaders gave before the rendering starts: Remix would suspend for each piece. */
async function withPageData(remix: EntryContext): Promise<EntryContext> {
  const { serverHandoffStream, renderMeta } = remix;
  if (!serverHandoffStream || !renderMeta) return remix;
  const pieces: NonNullable<typeof renderMeta.streamCache> = {};
  const decoder = new TextDecoder();
  const reader = serverHandoffStream.getReader();
  for (let index = 0, done = false; !done; index += 1) {
    const piece = await reader.read();
    done = piece.done;
    const value = decoder.decode(piece.value, { stream: !done });
    pieces[index] = Object.assign(Promise.resolve(), { result: { done, value } });
  }
  reader.releaseLock();
  return { ...remix, renderMeta: { ...renderMeta, streamCache: pieces } };
}

export const handleError: HandleErrorFunction = (error, { request, context }) => {
  // A client that left is no fault of ours.
  if (request.signal.aborted) return;
  // Nor is what a client asked for in the wrong way.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  log.error({ err: error, requestId: context.requestId }, "request failed");
};
