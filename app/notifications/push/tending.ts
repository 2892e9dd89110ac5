import { useEffect } from "react";
import { useLive } from "~/live/client/live";

/** Where a person lets this browser notify, what it shows follows what is read; elsewhere nothing is loaded. */
export function useTendedPushes(): void {
  const live = useLive();
  useEffect(() => {
    if (globalThis.Notification?.permission !== "granted") return;
    let isOver = false;
    let end = () => {};
    import("./tend").then(({ tend }) => {
      if (!isOver) end = tend(live);
    }, Boolean);
    return () => {
      isOver = true;
      end();
    };
  }, [live]);
}
