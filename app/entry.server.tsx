import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { pageSink } from "~/http/page-sink.server";
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

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const { nonce, requestId } = context;
  const locale = pickLocale(request);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Language", locale);
  headers.append("Vary", "Accept-Language");
  const pageData = await readPageData(remix);

  return new Promise((resolve, reject) => {
    let failed = status;
    let begin: (() => void) | undefined = () => {
      begin = undefined;
      context.writePage = (res) =>
        pipe(pageSink(res, abort).once("finish", () => clearTimeout(aborting)));
      resolve(new Response(null, { headers, status: failed }));
    };
    const { pipe, abort } = renderToPipeableStream(
      <ServerOnly.Provider value={{ nonce, requestId, pageData, renderStills }}>
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

/**
 * The script that gives the browser what the loaders gave. They defer nothing, so all of it is there:
 * Remix would have React wait for it once the page is rendered, and go through the page again.
 */
async function readPageData(remix: EntryContext): Promise<string> {
  const stream = remix.serverHandoffStream;
  // Else Remix writes it, too.
  remix.serverHandoffStream = undefined;
  if (!stream) return "";
  const pieces: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value);
  }
  const literal = JSON.stringify(Buffer.concat(pieces).toString()).replaceAll("<", "\\u003c");
  return `__remixContext.streamController.enqueue(${literal});__remixContext.streamController.close()`;
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
