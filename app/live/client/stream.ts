import { retryAfterMs } from "~/http/client/retry-after";
import { eventParser, type LiveEvent } from "./event-stream";

/** First wait and longest wait before a stream is opened again, in ms; each is spread by half. */
const [firstWait, longestWait] = [1_000, 30_000];
/** The server sends something at least every 15 s: who heard nothing for this long is cut off. */
const deadAfter = 40_000;

export type StreamState = "connecting" | "open" | "down" | "signed-out";

type Options = {
  /** Where the stream goes on from, asked each time it is opened. */
  cursor: () => string;
  /** Called for each piece that came, with no events for a heartbeat. */
  onEvents: (events: LiveEvent[]) => void;
  onState: (state: StreamState) => void;
  fetch?: typeof fetch;
};

/**
 * Keeps `/events` open: again after a while when it was cut, refused or silent, until the server
 * says that nobody is signed in. Not an EventSource, which neither tells why it failed nor notices
 * that nothing comes any more.
 */
export function keepStream({ cursor, onEvents, onState, fetch = globalThis.fetch }: Options) {
  let attempt: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = firstWait;
  let isOpen = false;
  let heardAt = 0;

  async function open() {
    clearTimeout(timer);
    attempt?.abort();
    const mine = new AbortController();
    attempt = mine;
    isOpen = false;
    const listen = () => {
      heardAt = Date.now();
      clearTimeout(timer);
      timer = setTimeout(() => mine.abort(), deadAfter);
    };
    let openedAt = Number.POSITIVE_INFINITY;
    let pause = 0;
    try {
      listen();
      const address = `/events?lastEventId=${encodeURIComponent(cursor())}`;
      const answer = await fetch(address, { signal: mine.signal, cache: "no-store" });
      if (attempt !== mine) return;
      if (answer.status === 401) {
        close();
        return onState("signed-out");
      }
      pause = retryAfterMs(answer);
      // A proxy or a hotel's sign-in page may answer in the server's place.
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("text/event-stream")) {
        openedAt = Date.now();
        isOpen = true;
        onState("open");
        await read(answer, mine, listen);
      }
    } catch {
      // Whatever it was, the answer is the same: another try.
    }
    if (attempt !== mine) return;
    isOpen = false;
    // One that was ended at once, because too many are open, must not come straight back.
    if (Date.now() - openedAt > longestWait) wait = firstWait;
    clearTimeout(timer);
    timer = setTimeout(open, Math.max(pause, wait * (0.5 + Math.random())));
    wait = Math.min(wait * 2, longestWait);
    onState("down");
  }

  async function read(answer: Response, mine: AbortController, listen: () => void) {
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const parse = eventParser();
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done || attempt !== mine) return;
      listen();
      onEvents(parse(piece.value));
    }
  }

  /** Now is a good time: what waits is tried at once, and what has been silent is opened anew. */
  function wake(isNewNetwork = false) {
    const silentFor = Date.now() - heardAt;
    if (!isNewNetwork && silentFor < (isOpen ? deadAfter : firstWait)) return;
    wait = firstWait;
    void open();
  }

  function close() {
    clearTimeout(timer);
    attempt?.abort();
    attempt = null;
  }

  void open();
  return { wake, close };
}
