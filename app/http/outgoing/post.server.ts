import * as http from "node:http";
import * as https from "node:https";
import type { LookupFunction } from "node:net";
import { type Lookup, type Resolved, resolvePublic } from "./resolve.server";

type Outgoing = {
  url: URL;
  headers: http.OutgoingHttpHeaders;
  body: Buffer;
  /** The operator named this very address: it may be of this machine or its network. */
  mayBePrivate: boolean;
  /** For all of it, from asking DNS to the end of the answer. */
  timeoutMs: number;
  /** What comes of the answer's body after so many, or too late, is not read. */
  maxAnswerBytes: number;
  /**
   * Called when the other side is connected and not a byte of the request is written; where it
   * rejects nothing is, and that is what it ends with.
   */
  onConnected?: () => Promise<void>;
  /** Ends it before its time. */
  signal?: AbortSignal;
  /** Who is asked for the host's addresses, where it is not the machine's resolver. */
  lookUp?: Lookup;
};

export type Answered = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** Nothing left: no such host, not a public one, or no connection. */
export class NotSent extends Error {}

/**
 * Posts to an address that somebody else gave. The host's address is looked at and then used as it
 * was seen; redirects are answers like others, and nothing waits or grows for longer than told.
 *
 * @throws NotSent where it certainly did not leave; anything else where it may have
 */
export async function postOutside(outgoing: Outgoing): Promise<Answered> {
  const late = AbortSignal.timeout(outgoing.timeoutMs);
  const signal = outgoing.signal ? AbortSignal.any([late, outgoing.signal]) : late;
  const progress: Progress = { isSending: false };
  try {
    const { mayBePrivate, url, lookUp } = outgoing;
    const resolved = mayBePrivate
      ? undefined
      : await inTime(resolvePublic(url.hostname, lookUp), signal);
    return await post(outgoing, { resolved, signal, progress });
  } catch (error) {
    if (progress.isSending || progress.isHeldBack) throw error;
    throw new NotSent(`Nothing was sent to ${outgoing.url.host}`, { cause: error });
  }
}

type Progress = { isSending: boolean; isHeldBack?: boolean };
type Way = { resolved?: Resolved; signal: AbortSignal; progress: Progress };

function post({ url, headers, body, ...outgoing }: Outgoing, way: Way): Promise<Answered> {
  const isSecure = url.protocol === "https:";
  const { resolved, signal, progress } = way;
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).request(url, {
      method: "POST",
      headers,
      signal,
      // A connection of its own: what is known of the last one is not known of this.
      agent: false,
      lookup: resolved && pinnedTo(resolved),
    });
    const send = async () => {
      try {
        await outgoing.onConnected?.();
      } catch (error) {
        progress.isHeldBack = true;
        request.destroy(error as Error);
        return;
      }
      // By now it counts as sent, in time or not.
      progress.isSending = true;
      request.end(body);
    };
    request.once("error", reject);
    request.once("socket", (socket) => socket.once(isSecure ? "secureConnect" : "connect", send));
    request.once("response", (response) => {
      // What becomes of it from here on is the answer's.
      request.off("error", reject).on("error", () => {});
      readAnswer(response, outgoing.maxAnswerBytes).then(resolve, reject);
    });
  });
}

async function readAnswer(response: http.IncomingMessage, maxBytes: number): Promise<Answered> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      // Leaving the loop ends the connection.
      if (bytes >= maxBytes) break;
    }
  } catch {
    // Its status is an answer, whatever becomes of the rest.
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

const pinnedTo =
  ({ address, family }: Resolved): LookupFunction =>
  (_hostname, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };

function inTime<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
