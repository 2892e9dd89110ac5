import { retryAfterMs } from "./retry-after";

/** First wait and longest wait before the next try, in ms; each is spread by half. */
const [firstWait, longestWait] = [1_000, 30_000];

/**
 * The router puts an error page, and nothing of what was typed, in the place of a page that it cannot
 * read again: for another time zone, or because the stream says so. Without a network, and while no
 * server answers, the page stays as it is instead, and is read when that is possible.
 *
 * @param shown the path of the page that is on the screen; who goes to another one has to be told
 */
export function patientReading(
  fetch: typeof globalThis.fetch,
  shown: () => string,
): typeof globalThis.fetch {
  return async (what, init) => {
    // The router reads by what can be called off; others that read for themselves do not.
    const signal = what instanceof URL && !init?.method && init?.signal;
    if (!signal || what.pathname !== `${shown()}.data`) return fetch(what, init);
    for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
      let pause = 0;
      try {
        const answer = await fetch(what, init);
        // The rest of it may be lost as well.
        await answer.clone().arrayBuffer();
        if (answer.status < 502) return answer;
        pause = retryAfterMs(answer);
      } catch (error) {
        if (signal.aborted) throw error;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, Math.max(pause, wait * (0.5 + Math.random())));
        addEventListener("online", resolve, { once: true });
      });
    }
  };
}
