import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** How often a page looks how far something is, in ms. */
const beat = 1_500;

/** Has the page look again and again while something runs that it shows the progress of. */
export function useBeat(isOn: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(revalidate, beat);
    return () => clearInterval(timer);
  }, [isOn, revalidate]);
}
