import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useConnection } from "~/live/client/live";

/** Events come in bursts; each reading of a case stands in the audit log. In ms. */
const pause = 1_000;

/**
 * Reads the page again when something happens in a chat: of one that the moderator is in, because
 * streams tell of no other.
 */
export function useFollowedChat(chatId: string | null): void {
  const connection = useConnection();
  const { revalidate } = useRevalidator();
  const again = useRef(revalidate);
  again.current = revalidate;
  useEffect(() => {
    if (!chatId) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = connection.onEvent(({ event, data }) => {
      const isChange = /^(message|chat)\.(created|updated)$/.test(event);
      if (!isChange || (data as { chatId?: string }).chatId !== chatId) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        again.current();
      }, pause);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [connection, chatId]);
}
