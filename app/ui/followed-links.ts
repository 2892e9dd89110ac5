import { useNavigate } from "@remix-run/react";
import { type RefObject, useEffect } from "react";

/**
 * Plain links that lead on without loading the page anew, as the router's own do: one handler for
 * all that an element holds. A list with a router's link in each row takes twice as long to render.
 *
 * @param links which of the links, as a selector
 */
export function useFollowedLinks(element: RefObject<HTMLElement>, links: string): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link =
        event.target instanceof Element && event.target.closest<HTMLAnchorElement>(links);
      const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (!link || event.defaultPrevented || event.button !== 0 || !isPlain) return;
      event.preventDefault();
      const { pathname, search, hash } = link;
      navigate({ pathname, search, hash }, { preventScrollReset: !hash });
    };
    const root = element.current;
    root?.addEventListener("click", follow);
    return () => root?.removeEventListener("click", follow);
  }, [element, links, navigate]);
}
