import { type ShouldRevalidateFunction, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** To load the page is to have seen it: one that nobody looks at waits until somebody does. */
export const followsSight: ShouldRevalidateFunction = ({ defaultShouldRevalidate }) =>
  defaultShouldRevalidate && !document.hidden;

/** Loads the page when somebody looks at it again. */
export function useSight(): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const look = () => {
      if (!document.hidden) revalidate();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [revalidate]);
}
