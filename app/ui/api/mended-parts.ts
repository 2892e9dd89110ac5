/** The window in which one authorizes stands below the heading of the page, and leaves a level out. */
const levels = { h3: 2, h4: 3, h6: 4 };

/**
 * Gives parts that the viewer draws what they lack for who cannot see them or has no mouse, whenever it
 * draws: a name for choices, a way to scroll, headings in order, and a table that is one. What it does
 * not set it does not take back either.
 *
 * @returns what ends it
 */
export function mendParts(viewer: Element): () => void {
  const mend = () => {
    for (const table of viewer.querySelectorAll("table[role=region]")) {
      table.removeAttribute("role");
    }
    for (const example of viewer.querySelectorAll<HTMLElement>("pre:not([tabindex])")) {
      example.tabIndex = 0;
    }
    for (const choice of viewer.querySelectorAll("select:not([aria-label], [id])")) {
      const row = choice.closest<HTMLElement>("[data-param-name]");
      if (row?.dataset.paramName) choice.setAttribute("aria-label", row.dataset.paramName);
    }
    for (const [name, level] of Object.entries(levels)) {
      for (const heading of viewer.querySelectorAll(`.dialog-ux ${name}:not([aria-level])`)) {
        heading.setAttribute("aria-level", String(level));
      }
    }
  };
  const drawn = new MutationObserver(mend);
  drawn.observe(viewer, { childList: true, subtree: true });
  mend();
  return () => drawn.disconnect();
}
