import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { useLive } from "~/live/client/live";
import { Outbox } from "./outbox";

/** Outlives a page that failed: what was typed and not sent is still there afterwards. */
const outboxes = new Map<string, Outbox>();
const Context = createContext(new Outbox(() => {}));

type Props = { userId: string; children: ReactNode };

export function OutboxProvider({ userId, children }: Props) {
  const live = useLive();
  const [outbox] = useState(() => {
    // On the server each page has one of its own.
    const known = typeof document === "undefined" ? undefined : outboxes.get(userId);
    return known ?? new Outbox((message) => live.created(message));
  });
  useEffect(() => void outboxes.set(userId, outbox), [userId, outbox]);
  return <Context.Provider value={outbox}>{children}</Context.Provider>;
}

/** The outbox; the component renders again whenever anything in it changes. */
export function useOutbox(): Outbox {
  const outbox = useContext(Context);
  useSyncExternalStore(
    outbox.subscribe,
    () => outbox.pending,
    () => outbox.pending,
  );
  return outbox;
}
