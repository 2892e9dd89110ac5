import { type ShouldRevalidateFunction, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { OwnReport } from "~/safety/reports/report";

/** To load the page is to have seen it: one that nobody looks at waits until somebody does. */
export const followsSight: ShouldRevalidateFunction = ({ defaultShouldRevalidate }) =>
  defaultShouldRevalidate && !document.hidden;

/** What was new since the page was opened, also once it counts as seen. */
export function useNews(reports: readonly OwnReport[]) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const look = () => {
      if (!document.hidden) revalidate();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [revalidate]);
  const known = useRef(new Set<string>());
  for (const { id, isNews } of reports) if (isNews) known.current.add(id);
  return ({ id }: OwnReport) => known.current.has(id);
}
