import { useLocation, useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { adminPath, casesPath, flagsPath } from "~/http/paths";
import { useConnection } from "~/live/client/live";
import type { CaseCounts } from "~/moderation/disputes/case-counts";

/** Pages that show which cases there are, and whose reading is not in the audit log. */
const lists = [adminPath, casesPath, flagsPath];

/**
 * How many cases wait, going on as the stream tells; the lists of cases are read again with it.
 *
 * @param served what the page was written with
 */
export function useCaseCounts(served: CaseCounts): CaseCounts {
  const connection = useConnection();
  const { revalidate } = useRevalidator();
  const { pathname } = useLocation();
  const latest = useRef({ revalidate, pathname });
  latest.current = { revalidate, pathname };
  const [counts, setCounts] = useState(served);
  useEffect(() => setCounts(served), [served]);
  useEffect(() => {
    let isFirst = connection.state !== "open";
    return connection.onEvent(({ event, data }) => {
      if (event === "cases.updated") setCounts(data as CaseCounts);
      // What was told while the stream was cut is lost.
      const isBack = event === "hello" && !isFirst;
      if (event === "hello") isFirst = false;
      const isList = lists.includes(latest.current.pathname);
      if (isBack || (event === "cases.updated" && isList)) latest.current.revalidate();
    });
  }, [connection]);
  return counts;
}
