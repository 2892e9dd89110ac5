import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** `scripted` outlives one missed renewal, so that a page left open keeps it. */
const scriptedSeconds = 600;
const renewalMs = 300_000;
const year = 365 * 24 * 60 * 60;

/**
 * Tells the server, by cookies, which time zone the reader is in, and that scripts run here (then
 * what marks messages read is this browser's visible tab, not the loading of a page).
 *
 * @param rendered the time zone that the page was rendered in; another one loads it again, once
 */
export function useBrowserCookies(rendered: string): void {
  const { revalidate } = useRevalidator();
  const isSettled = useRef(false);

  useEffect(() => {
    if (isSettled.current) return;
    isSettled.current = true;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    setCookie("timeZone", encodeURIComponent(timeZone), year);
    if (timeZone !== rendered) revalidate();
  }, [rendered, revalidate]);

  useEffect(() => {
    const renew = () => {
      if (document.visibilityState === "visible") setCookie("scripted", "1", scriptedSeconds);
    };
    renew();
    const timer = setInterval(renew, renewalMs);
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }, []);
}

function setCookie(name: string, value: string, maxAge: number) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: Cookie Store is not everywhere yet
  document.cookie = `${name}=${value}; Path=/; Max-Age=${maxAge}; SameSite=Lax${secure}`;
}
