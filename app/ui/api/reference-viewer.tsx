import { type ReactNode, useEffect, useRef, useState } from "react";
import { useT } from "~/ui/i18n";

type Props = { url: string; children: ReactNode };

/**
 * The document at `url` in a viewer that can call what it describes. Until that is there, without
 * JavaScript and where it cannot be loaded, the children stand in its place.
 */
export function ReferenceViewer({ url, children }: Props) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const [isShown, setIsShown] = useState(false);
  const [operations, close] = [t("apiDocs.operations"), t("apiDocs.close")];
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let isGone = false;
    let takeAway: (() => void) | undefined;
    import("./viewer")
      .then(({ showViewer }) => showViewer(element, { url, operations, close }))
      .then(
        (remove) => {
          if (isGone) return remove();
          takeAway = remove;
          setIsShown(true);
        },
        // The list is there, and says the same.
        () => {},
      );
    return () => {
      isGone = true;
      takeAway?.();
    };
  }, [url, operations, close]);
  return (
    <>
      <div ref={place} hidden={!isShown} className="rounded-2xl bg-surface p-4" />
      {!isShown && children}
    </>
  );
}
