import type { ReactNode } from "react";

/**
 * One line of text in a language that the page does not know: cut at its own end, and standing
 * where the page's lines start.
 */
export function OneLine({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <span className={`flex min-w-0 ${className}`}>
      <span dir="auto" className="truncate">
        {children}
      </span>
    </span>
  );
}
