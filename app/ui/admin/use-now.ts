import { useEffect, useState } from "react";

/** How often a page that counts down counts, in ms. */
const beat = 20_000;

/**
 * The server's time, going on: a moderator's own clock may be wrong.
 *
 * @param servedAt when the server wrote the page, in ms
 */
export function useNow(servedAt: number): number {
  const [now, setNow] = useState(servedAt);
  useEffect(() => {
    const since = performance.now();
    setNow(servedAt);
    const timer = setInterval(() => setNow(servedAt + performance.now() - since), beat);
    return () => clearInterval(timer);
  }, [servedAt]);
  return now;
}
