/** What a page says about its own keys: elements with `aria-keyshortcuts`, rows with `data-row`. */
export type KeyOfPage = { key: string; label: string };

const storedAs = "parley.keys";

/** Single keys get in the way of some who speak to their machine, so they can be turned off. */
export function areKeysOn(): boolean {
  return localStorage.getItem(storedAs) !== "off";
}

export function turnKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(storedAs);
  else localStorage.setItem(storedAs, "off");
}

/** Each key of the page with the name of what it does, in the order of the page. */
export function keysOfPage(): KeyOfPage[] {
  return [...document.querySelectorAll<HTMLElement>("[aria-keyshortcuts]")].map((element) => ({
    key: element.getAttribute("aria-keyshortcuts") ?? "",
    label: nameOf(element),
  }));
}

/** @returns whether the key was one of the page's */
export function pressKey({ key, target }: { key: string; target: EventTarget | null }): boolean {
  const at = target instanceof HTMLElement ? target : null;
  if (at?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
    if (key !== "Escape") return false;
    at.blur();
    return true;
  }
  if (!areKeysOn()) return false;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  const wanted = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (wanted) act(wanted);
  return Boolean(wanted);
}

function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return rows.length > 0;
}

/**
 * Fields are gone to, what folds is unfolded, everything else is pressed. A choice after which there
 * is something to write (`data-then` has its id) is made, and gone on to there.
 */
function act(element: HTMLElement): void {
  element.scrollIntoView({ block: "nearest" });
  const folded = element.closest("summary")?.parentElement;
  const next = document.getElementById(element.dataset.then ?? "");
  if (next) {
    element.click();
    next.focus();
  } else if (element.matches("input, textarea, select")) element.focus();
  else if (folded instanceof HTMLDetailsElement) unfold(folded, element);
  else element.click();
}

function unfold(folded: HTMLDetailsElement, element: HTMLElement): void {
  const first = "textarea, input:not([type=hidden]), select, a, button";
  folded.open = true;
  (folded.querySelector<HTMLElement>(first) ?? element).focus();
}

function nameOf(element: HTMLElement): string {
  const labels = "labels" in element ? (element as HTMLInputElement).labels : null;
  return (
    element.getAttribute("aria-label") ??
    (labels?.[0]?.textContent || element.textContent?.trim() || element.title)
  );
}
