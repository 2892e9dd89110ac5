import { useEffect, useState } from "react";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

/**
 * Takes along the text of an element: where a browser refuses, or has no clipboard for a page that came
 * without TLS, the text is selected instead. There is none without scripts.
 *
 * @param of the id of the element
 */
export function CopyButton({ of }: { of: string }) {
  const t = useT();
  const [isScripted, setScripted] = useState(false);
  const [state, setState] = useState<"copied" | "selected">();
  useEffect(() => setScripted(true), []);
  if (!isScripted) return null;
  async function copy() {
    const element = document.getElementById(of);
    if (!element) return;
    try {
      await navigator.clipboard.writeText(element.textContent ?? "");
      setState("copied");
    } catch {
      getSelection()?.selectAllChildren(element);
      setState("selected");
    }
  }
  return (
    <>
      <Button type="button" variant="secondary" onClick={copy}>
        <Icon className="icon-copy size-4" />
        {t("integrations.copy")}
      </Button>
      <p role="status" className="text-sm">
        {state && t(`integrations.copy.${state}`)}
      </p>
    </>
  );
}
