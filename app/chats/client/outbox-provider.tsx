import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { useConnection, useLive } from "~/live/client/live";
import type { Message } from "../message";
import { Outbox, type OutboxNote } from "./outbox";
import { outboxStore } from "./outbox-store";

/** Outlives a page that failed: what was typed and not sent is still there afterwards. */
const outboxes = new Map<string, Outbox>();
const Context = createContext(makeOutbox("", () => {}));

type Props = { userId: string; children: ReactNode };

export function OutboxProvider({ userId, children }: Props) {
  const live = useLive();
  const connection = useConnection();
  const [outbox] = useState(() => {
    // On the server each page has one of its own.
    const known = typeof document === "undefined" ? undefined : outboxes.get(userId);
    return known ?? makeOutbox(userId, (message) => live.created(message));
  });
  useEffect(() => {
    outboxes.set(userId, outbox);
    outbox.share = (note) => {
      connection.tell(note);
      // Whoever leads has to take it from here.
      connection.checkLeader();
    };
    let state = connection.state;
    const follow = () => {
      outbox.lead(connection.isLeading);
      if (connection.state === state) return;
      state = connection.state;
      if (state === "open") outbox.wake();
      if (state === "open" || state === "signed-out") outbox.holdUp(state !== "open");
    };
    const look = () => document.visibilityState === "visible" && outbox.wake();
    const ends = [
      connection.onNote((note) => outbox.receive(note as OutboxNote)),
      connection.subscribe(follow),
      listen(window, "online", () => outbox.wake()),
      listen(window, "pageshow", look),
      listen(document, "visibilitychange", look),
      () => outbox.lead(false),
    ];
    void outbox.load();
    follow();
    return () => {
      for (const end of ends) end();
    };
  }, [userId, outbox, connection]);
  return <Context.Provider value={outbox}>{children}</Context.Provider>;
}

function makeOutbox(userId: string, onSent: (message: Message) => void) {
  return new Outbox({ userId, store: outboxStore(userId), onSent });
}

function listen(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}

/** The outbox; the component renders again whenever anything in it changes. */
export function useOutbox(): Outbox {
  const outbox = useContext(Context);
  useSyncExternalStore(
    outbox.subscribe,
    () => outbox.revision,
    () => outbox.revision,
  );
  return outbox;
}
