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
import { connect } from "./connection";
import { LiveStore, type Unread } from "./store";

const Store = createContext(new LiveStore(""));

type LiveProps = {
  userId: string;
  /** Where the page's data stands; the stream goes on from there. */
  cursor: string;
  unread: (Unread & { chatId: string })[];
  /** What says that the session has ended and nothing is live any more. */
  signedOut: ReactNode;
  children: ReactNode;
};

/** Opens the stream for a signed-in person's pages, once for all of them. */
export function LiveProvider({ userId, cursor, unread, signedOut, children }: LiveProps) {
  const [isSignedOut, setSignedOut] = useState(false);
  const [store] = useState(() => newStore(userId, unread));
  const { revalidate } = useRevalidator();
  const start = useRef(cursor);
  const seeded = useRef(unread);

  useEffect(() => {
    if (seeded.current === unread) return;
    seeded.current = unread;
    store.seed(unread);
  }, [store, unread]);

  useEffect(() => {
    const onResync = () => {
      store.reset();
      revalidate();
    };
    const onSignedOut = () => setSignedOut(true);
    return connect(store, { cursor: start.current, onResync, onSignedOut });
  }, [store, revalidate]);

  return (
    <Store.Provider value={store}>
      {isSignedOut && signedOut}
      {children}
    </Store.Provider>
  );
}

function newStore(userId: string, unread: LiveProps["unread"]) {
  const store = new LiveStore(userId);
  store.seed(unread);
  return store;
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
