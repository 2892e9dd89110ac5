import { retryAfterMs } from "./retry-after";

/** What an action answered. `status` 0: nothing came back; `retryAfter` in ms. */
export type PostAnswer<Data> = { status: number; retryAfter: number; data?: Data };

/** A request that hangs is given up after this long, in ms. What became of it is not known. */
const timeout = 30_000;
/** Browsers refuse to outlive the page with more than 64 KiB. */
const mostToOutlive = 60_000;

/**
 * Posts a form to a route's action and takes data back: beside the router, which loads pages anew,
 * puts an error page over what people typed when there is no connection, and lets an answer that
 * comes late take the place of a page that loads.
 */
export async function postForm<Data>(
  path: string,
  fields: Record<string, string>,
): Promise<PostAnswer<Data>> {
  const body = new URLSearchParams(fields);
  try {
    const answer = await fetch(path, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      keepalive: String(body).length < mostToOutlive,
      signal: AbortSignal.timeout(timeout),
    });
    const { status } = answer;
    // A proxy's error page is no answer of ours.
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    const data = isOurs ? ((await answer.json()) as Data) : undefined;
    return { status, retryAfter: retryAfterMs(answer), data };
  } catch {
    return { status: 0, retryAfter: 0 };
  }
}
