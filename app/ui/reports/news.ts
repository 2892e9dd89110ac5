import { useRef } from "react";
import type { OwnReport } from "~/safety/reports/report";
import { useSight } from "~/ui/sight";

/** What was new since the page was opened, also once it counts as seen. */
export function useNews(reports: readonly OwnReport[]) {
  useSight();
  const known = useRef(new Set<string>());
  for (const { id, isNews } of reports) if (isNews) known.current.add(id);
  return ({ id }: OwnReport) => known.current.has(id);
}
