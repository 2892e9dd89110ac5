import { type ReactNode, useEffect } from "react";
import { Icon } from "./icon";

type Props = {
  label: string;
  summaryClass: string;
  /** Where the menu opens and how wide it is. */
  panelClass: string;
  /** What it opens beside: its own button, or what the button stands in. */
  placeClass?: string;
  iconClass: string;
  children: ReactNode;
};

/**
 * A menu that opens without scripts; with them, Escape, a choice and a click elsewhere close it
 * (`useMenus`). What can be chosen has the class `menu-item`.
 */
export function Menu({
  label,
  summaryClass,
  panelClass,
  placeClass = "relative",
  iconClass,
  children,
}: Props) {
  return (
    <details className={`menu ${placeClass}`}>
      <summary aria-label={label} className={summaryClass}>
        <Icon className={iconClass} />
      </summary>
      <div className={panelClass}>{children}</div>
    </details>
  );
}

/** Closes the menus of the page: for all of them at once, because each message may have one. */
export function useMenus(): void {
  useEffect(() => {
    const close = (event: Event) => {
      const target = event.target instanceof Element ? event.target : null;
      const escaped = event instanceof KeyboardEvent && event.key === "Escape";
      for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
        const inside = menu.contains(target);
        const chosen = inside && target?.closest("a, button");
        if (escaped && inside) menu.querySelector("summary")?.focus();
        if (escaped || (event.type === "click" && (chosen || !inside))) menu.open = false;
      }
    };
    document.addEventListener("click", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("click", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
}
