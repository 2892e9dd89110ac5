import { useRevalidator } from "@remix-run/react";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { Connection } from "./connection";
import { events } from "./events";
import { LiveStore, type Unread } from "./store";

const Store = createContext(new LiveStore(""));
const Stream = createContext(new Connection("", "", { event: () => {}, resync: () => {} }));

type LiveProps = {
  userId: string;
  /** Where the page's data stands; the stream goes on from there. */
  cursor: string;
  unread: (Unread & { chatId: string })[];
  notifications: LiveStore["notifications"];
  children: ReactNode;
};

/** Keeps a signed-in person's pages live, with one stream for all of them. */
export function LiveProvider({ userId, cursor, unread, notifications, children }: LiveProps) {
  const { revalidate } = useRevalidator();
  const reload = useRef(revalidate);
  reload.current = revalidate;
  const [{ store, connection }] = useState(() => {
    const store = new LiveStore(userId);
    store.seed(unread);
    store.notified(notifications);
    const connection = new Connection(userId, cursor, {
      event: ({ event, data }) => events[event]?.(store, data),
      resync: () => {
        store.reset();
        reload.current();
      },
    });
    return { store, connection };
  });
  const seeded = useRef(unread);

  useEffect(() => {
    if (seeded.current === unread) return;
    seeded.current = unread;
    store.seed(unread);
    store.notified(notifications);
  }, [store, unread, notifications]);

  useEffect(() => connection.start(), [connection]);

  return (
    <Store.Provider value={store}>
      <Stream.Provider value={connection}>{children}</Stream.Provider>
    </Store.Provider>
  );
}

/** The store; the component renders again whenever anything in it changes. */
export function useLive(): LiveStore {
  const store = useContext(Store);
  useSyncExternalStore(
    store.subscribe,
    () => store.revision,
    () => store.revision,
  );
  return store;
}

/** What holds the stream, without being told of its changes. */
export function useConnection(): Connection {
  return useContext(Stream);
}

export function useStreamState() {
  const connection = useConnection();
  return useSyncExternalStore(
    connection.subscribe,
    () => connection.state,
    () => connection.state,
  );
}
