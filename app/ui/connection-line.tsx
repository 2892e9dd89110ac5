import { Suspense, useEffect, useState } from "react";
import { useStreamState } from "~/live/client/live";
import { useT } from "./i18n";
import { SignedOutNotice } from "./notices";

/** How long a page may be without its stream before it says so, in ms. */
const patience = 3_000;

/** Says what is wrong between this page and the server, as long as it is. */
export function ConnectionLine() {
  const t = useT();
  const state = useStreamState();
  const isOffline = useIsOffline();
  const isCut = state !== "open" && state !== "signed-out";
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isCut) return;
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, [isCut]);
  const text = isOffline ? t("app.offline") : isCut && isLong ? t("app.reconnecting") : null;

  return (
    <>
      {state === "signed-out" && (
        <Suspense>
          <SignedOutNotice />
        </Suspense>
      )}
      {/* Always there, so that a reader hears what comes into it. */}
      <div role="status" className="connection-line">
        {text && <p>{text}</p>}
      </div>
    </>
  );
}

function useIsOffline(): boolean {
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOffline;
}
