/** How long a leader may take to answer before a tab in view takes its place, in ms. */
const patience = 3_000;

type On<Message> = {
  /** This tab leads from now on. */
  lead: () => void;
  /** Another tab took the lead, because this one did not answer. */
  lose: () => void;
  message: (message: Message) => void;
};

export type Tabs<Message> = ReturnType<typeof joinTabs<Message>>;

/**
 * The tabs of one browser that share a name. One of them leads for as long as it holds a lock; when
 * it goes, however it goes, the next one gets it. Without locks or channels each leads itself.
 */
export function joinTabs<Message>(name: string, on: On<Message>) {
  const { locks } = navigator;
  const isAlone = !locks || typeof BroadcastChannel === "undefined";
  const channel = isAlone ? null : new BroadcastChannel(name);
  let asking: AbortController | null = null;
  let release: (() => void) | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function ask(steal: boolean) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (asking !== mine) return resolve();
        release = resolve;
        heard();
        on.lead();
      });
    locks
      .request(name, steal ? { steal } : { signal: mine.signal }, hold)
      .catch(() => {})
      .then(() => {
        // Given up by ourselves, or taken away.
        if (asking !== mine) return;
        const wasLeading = release;
        release = null;
        ask(false);
        if (wasLeading) on.lose();
      });
  }

  /** The leader gave a sign of life. */
  function heard() {
    clearTimeout(waiting);
    waiting = undefined;
  }

  /** Takes the lead from a tab that is frozen or hangs; nobody in view has to wait for it. */
  function steal() {
    heard();
    if (!release && asking && document.visibilityState === "visible") ask(true);
  }

  function leave() {
    heard();
    asking?.abort();
    asking = null;
    release?.();
    release = null;
    channel?.close();
  }

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => on.message(data);
    ask(false);
  } else {
    release = () => {};
    queueMicrotask(() => release && on.lead());
  }

  return {
    isLeading: () => release !== null,
    post: (message: Message) => channel?.postMessage(message),
    /** What was just asked has to be answered soon, or the leader loses its place. */
    expectAnswer: () => {
      waiting ??= setTimeout(steal, patience);
    },
    heard,
    steal,
    leave,
  };
}
