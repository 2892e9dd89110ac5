import { useFetcher, useNavigation } from "@remix-run/react";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { v4 as uuidv4 } from "uuid";
import { chatPath } from "~/http/paths";
import { useLive } from "~/live/client/live";
import type { Phrase } from "~/ui/i18n";
import type { Message } from "../message";

export type Pending = {
  clientId: string;
  chatId: string;
  body: string;
  replyTo?: number;
  createdAt: string;
  /** Why it was not sent; it waits for the sender to decide. */
  failed: Phrase | null;
};

/** What the action answers to a script. */
export type SendAnswer = { sent: Message } | { refused: Phrase };

type Outbox = {
  pending: Pending[];
  send: (draft: Pick<Pending, "chatId" | "body" | "replyTo">) => void;
  retry: (clientId: string) => void;
  discard: (clientId: string) => void;
};

const Context = createContext<Outbox>({
  pending: [],
  send: () => {},
  retry: () => {},
  discard: () => {},
});

export const useOutbox = () => useContext(Context);

/**
 * Messages on their way, in all chats: one at a time, so that they arrive in the order in which
 * they were written. Each keeps its client id, so that trying again never doubles it.
 */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const live = useLive();
  const [pending, setPending] = useState<Pending[]>([]);
  const [underWay, setUnderWay] = useState<string | null>(null);
  const [handled, setHandled] = useState<SendAnswer>();
  const { submit, state, data } = useFetcher<SendAnswer>({ key: "outbox" });
  const isLoadingPage = useNavigation().state !== "idle";

  const outbox = useMemo(() => {
    const fail = (clientId: string, failed: Phrase | null) =>
      setPending((all) =>
        all.map((item) => (item.clientId === clientId ? { ...item, failed } : item)),
      );
    return {
      send: (draft: Pick<Pending, "chatId" | "body" | "replyTo">) => {
        const createdAt = new Date().toISOString();
        setPending((all) => [...all, { ...draft, clientId: uuidv4(), createdAt, failed: null }]);
      },
      fail,
      retry: (clientId: string) => fail(clientId, null),
      discard: (clientId: string) =>
        setPending((all) => all.filter((item) => item.clientId !== clientId)),
    };
  }, []);

  const next = pending.find((item) => !item.failed);
  useEffect(() => {
    // A submission that overtakes a page that loads would make the router load it anew.
    if (underWay || !next || state !== "idle" || isLoadingPage) return;
    setUnderWay(next.clientId);
    const { chatId, clientId, body, replyTo } = next;
    submit(
      { intent: "send", clientId, body, replyTo: replyTo ? String(replyTo) : "" },
      { method: "post", action: chatPath(chatId) },
    );
  }, [underWay, next, state, isLoadingPage, submit]);

  useEffect(() => {
    if (state !== "idle" || !underWay || !data || data === handled) return;
    setHandled(data);
    setUnderWay(null);
    if ("sent" in data) {
      live.message(data.sent);
      outbox.discard(underWay);
    } else {
      outbox.fail(underWay, data.refused);
    }
  }, [state, underWay, data, handled, live, outbox]);

  const value = useMemo(() => ({ ...outbox, pending }), [outbox, pending]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
