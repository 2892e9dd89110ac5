import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { pageBody } from "~/http/page-body.server";
import { readTimeZone } from "~/http/time-zone.server";
import { log } from "~/operations/log.server";
import { i18nOf, pickLocale } from "~/ui/catalogs.server";
import { LanguageProvider } from "~/ui/i18n";
import { ServerOnly } from "~/ui/nonce";
import { renderStills } from "~/ui/stills.server";

/** After this many ms what is still suspended is left to the client. */
export const streamTimeout = 5_000;
/**
 * For so many turns of the event loop a page waits for all of it: what is not deferred is there in a
 * few, and then the page goes in one piece. By turns, because a busy machine makes them longer.
 */
const patience = 16;

export default function handleRequest(
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

  return new Promise((resolve, reject) => {
    let failed = status;
    let begin: (() => void) | undefined = () => {
      begin = undefined;
      const { body, destination } = pageBody(abort);
      destination.once("finish", () => clearTimeout(aborting));
      resolve(new Response(body, { headers, status: failed }));
      pipe(destination);
    };
    const { pipe, abort } = renderToPipeableStream(
      <ServerOnly.Provider value={{ nonce, requestId, renderStills }}>
        <LanguageProvider i18n={i18nOf(locale)} timeZone={readTimeZone(request)}>
          <RemixServer context={remix} url={request.url} nonce={nonce} />
        </LanguageProvider>
      </ServerOnly.Provider>,
      {
        nonce,
        onShellReady: () => afterTurns(patience, () => begin?.()),
        onAllReady: () => begin?.(),
        onShellError(error) {
          clearTimeout(aborting);
          begin = undefined;
          reject(error);
        },
        onError(error) {
          failed = 500;
          // Errors before the shell come again through onShellError.
          if (!begin) log.error({ err: error, requestId }, "rendering failed");
        },
      },
    );
    const aborting = setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

function afterTurns(turns: number, act: () => void): void {
  setImmediate(() => (turns > 1 ? afterTurns(turns - 1, act) : act()));
}

export const handleError: HandleErrorFunction = (error, { request, context }) => {
  // A client that left is no fault of ours.
  if (request.signal.aborted) return;
  // Nor is what a client asked for in the wrong way.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  log.error({ err: error, requestId: context.requestId }, "request failed");
};
