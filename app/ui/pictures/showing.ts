import { withSentences } from "~/ui/client-catalogs";
import type { Language } from "~/ui/i18n";
import { paintPlaceholders } from "./placeholders";

const known = new WeakSet<HTMLElement>();

/** Looks after the pictures of a chat; called again, after those that came since. */
export function showPictures(root: HTMLElement, t: Language["t"]): void {
  paintPlaceholders(root);
  if (known.has(root)) return;
  known.add(root);
  root.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[data-picture]");
    const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || event.button !== 0 || !isPlain) return;
    event.preventDefault();
    void open(root, link, t);
  });
}

async function open(root: HTMLElement, link: HTMLAnchorElement, t: Language["t"]): Promise<void> {
  try {
    const { openViewer } = await withSentences("pictures", import("./viewer"));
    await openViewer(root, link, t);
  } catch {
    // The picture itself needs no script.
    location.assign(link.href);
  }
}
