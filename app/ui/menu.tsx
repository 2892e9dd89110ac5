import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  label: string;
  summaryClass: string;
  /** Where the menu opens and how wide it is. */
  panelClass: string;
  /** What it opens beside: its own button, or what the button stands in. */
  placeClass?: string;
  icon: ReactNode;
  children: ReactNode;
};

export const menuItemClass =
  "flex min-h-11 w-full items-center px-4 text-start text-sm hover:bg-sunken focus-visible:-outline-offset-2";

/** A menu that opens without scripts; with them, Escape, a choice and a click elsewhere close it. */
export function Menu({
  label,
  summaryClass,
  panelClass,
  placeClass = "relative",
  icon,
  children,
}: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      if (!menu?.open) return;
      const escaped = event instanceof KeyboardEvent && event.key === "Escape";
      const target = event.target instanceof Element ? event.target : null;
      const inside = menu.contains(target);
      const chosen = inside && target?.closest("a, button");
      if (escaped && inside) menu.querySelector("summary")?.focus();
      if (escaped || (event.type === "click" && (chosen || !inside))) menu.open = false;
    };
    document.addEventListener("click", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("click", close);
      document.removeEventListener("keydown", close);
    };
  }, []);

  return (
    <details ref={details} className={`group/menu shrink-0 ${placeClass}`}>
      <summary
        aria-label={label}
        className={`flex cursor-pointer list-none items-center justify-center hover:bg-sunken [&::-webkit-details-marker]:hidden ${summaryClass}`}
      >
        {icon}
      </summary>
      <div
        className={`absolute z-20 overflow-hidden rounded-xl border border-line bg-surface py-1 shadow-card ${panelClass}`}
      >
        {children}
      </div>
    </details>
  );
}
