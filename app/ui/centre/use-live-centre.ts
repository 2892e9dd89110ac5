import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useConnection } from "~/live/client/live";

/** What changes a list of notifications, its groups of messages among it. */
const changing = /^(notification|message|chat)\.(created|read)$/;
/** What comes together is read together, in ms. */
const gatherMs = 300;

/** Reads the page again when something came or was read, on this device or another. */
export function useLiveCentre(): void {
  const connection = useConnection();
  const { revalidate } = useRevalidator();
  const reload = useRef(revalidate);
  reload.current = revalidate;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = connection.onEvent(({ event }) => {
      if (!changing.test(event)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        reload.current();
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [connection]);
}
