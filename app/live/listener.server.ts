import { openListening, type Vitals } from "./listening-connection.server";
import { type Notification, unpackNotifications } from "./notify.server";

/** Between two attempts to connect, in ms; half of it to the whole, so that instances spread. */
const backOff = { first: 100, longest: 1_000 };

type On = {
  notification: (notification: Notification) => void;
  /** It listens (again); what was notified since it last did is lost. */
  listening: () => void;
  /** It does not listen any more, and why; once each time. */
  deaf?: (error: unknown) => void;
  /** Something came that this version cannot take, as from a newer one: as good as lost. */
  unreadable?: (error: unknown) => void;
  /** Every few seconds. */
  vitals?: (vitals: Vitals) => void;
};

/**
 * The one connection of a process that listens. A dead one is noticed within 5 s and replaced for
 * as long as it takes, at once or a second after PostgreSQL is back.
 *
 * @throws when it cannot listen at first
 */
export async function listen(url: string, on: On) {
  const closing = new AbortController();
  let attempt = 0;
  const heard = {
    payload: (payload: string) => {
      if (closing.signal.aborted) return;
      try {
        for (const notification of unpackNotifications(payload)) on.notification(notification);
      } catch (error) {
        on.unreadable?.(error);
      }
    },
    vitals: (vitals: Vitals) => on.vitals?.(vitals),
  };
  let current: Awaited<ReturnType<typeof openListening>> | null = null;

  async function keepListening(): Promise<void> {
    while (current) {
      const reason = await current.lost;
      current.destroy();
      current = null;
      if (closing.signal.aborted) return;
      on.deaf?.(reason);
      current = await reconnect();
      if (current) on.listening();
    }
  }

  /** @returns null when it was closed meanwhile */
  async function reconnect() {
    for (let failures = 0; !closing.signal.aborted; failures++) {
      const wait = Math.min(backOff.first * 2 ** failures, backOff.longest);
      await pause(wait * (0.5 + Math.random() / 2), closing.signal);
      if (closing.signal.aborted) return null;
      const connection = await openListening(url, heard, attempt++).catch(() => null);
      if (connection && !closing.signal.aborted) return connection;
      connection?.destroy();
    }
    return null;
  }

  current = await openListening(url, heard, attempt++);
  on.listening();
  void keepListening();
  return {
    isListening: () => current !== null,
    close: () => {
      closing.abort();
      current?.destroy();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}
