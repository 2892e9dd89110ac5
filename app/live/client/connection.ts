import type { LiveStore } from "./store";

/** First wait and longest wait before a stream is opened again, in ms. */
const [firstWait, longestWait] = [1_000, 30_000];

type Options = {
  cursor: string;
  /** What is shown cannot be brought up to date by events: read it anew. */
  onResync: () => void;
  /** There will be no stream any more: the session has ended. */
  onSignedOut: () => void;
};

/**
 * Keeps a stream open and the store fed. It goes on after the last durable event, so that a cut
 * loses nothing.
 *
 * @returns closes the stream
 */
export function connect(store: LiveStore, { cursor, onResync, onSignedOut }: Options): () => void {
  let last = cursor;
  let epoch: string | null = null;
  let wait = firstWait;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  let isClosed = false;
  let openedAt = Number.POSITIVE_INFINITY;

  function open() {
    source = new EventSource(`/events?lastEventId=${encodeURIComponent(last)}`);
    on("hello", (data) => {
      openedAt = Date.now();
      if (epoch !== null && epoch !== data.epoch) onResync();
      epoch = data.epoch;
    });
    on("message.created", (data) => store.created(data.message));
    on("message.updated", (data) => store.updated(data.message));
    on("chat.created", (data) => store.chat(data.chat));
    on("chat.updated", (data) => store.chat(data.chat));
    on("chat.read", (data) => store.position(data.chatId, data.userId, { readSeq: data.seq }));
    on("chat.delivered", (data) =>
      store.position(data.chatId, data.userId, { deliveredSeq: data.seq }),
    );
    on("resync", onResync);
    // A browser gives up when the answer is no stream, and waits as it likes when it was cut.
    source.onerror = () => {
      source.close();
      // One that was ended at once, because too many are open, must not come straight back.
      if (Date.now() - openedAt > longestWait) wait = firstWait;
      openedAt = Number.POSITIVE_INFINITY;
      timer = setTimeout(reopen, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, longestWait);
    };
  }

  /** An EventSource does not tell why it failed; the head of the same answer does. */
  async function reopen() {
    const head = await fetch("/events", { method: "HEAD" }).catch(() => null);
    if (isClosed) return;
    if (head?.status === 401) onSignedOut();
    else open();
  }

  function on(event: string, handle: (data: ReturnType<typeof JSON.parse>) => void) {
    source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
      if (lastEventId) last = lastEventId;
      handle(JSON.parse(data));
    });
  }

  open();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    source.close();
  };
}
