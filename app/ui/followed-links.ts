import { useNavigate, useSubmit } from "@remix-run/react";
import { type RefObject, useCallback, useEffect } from "react";

/** For a plain link or form anywhere: the router learns early where it leads, and follows it. */
export const followed = { "data-discover": "true" };

/**
 * Plain links that lead on without loading the page anew, as the router's own do: one handler for
 * all that an element holds. A list with a router's link in each row takes twice as long to render.
 *
 * @param links which of the links, as a selector
 */
export function useFollowedLinks(element: RefObject<HTMLElement>, links: string): void {
  const follow = useFollow(links);
  useEffect(() => {
    const root = element.current;
    root?.addEventListener("click", follow);
    return () => root?.removeEventListener("click", follow);
  }, [element, follow]);
}

/** The same for all of the page's links and forms that are marked as `followed`. */
export function useFollowedPage(): void {
  const follow = useFollow("a[data-discover]");
  const submit = useSubmit();
  useEffect(() => {
    const send = (event: SubmitEvent) => {
      const form = event.target as HTMLFormElement;
      // The router's own have done it by now: React listens here, too, and came first.
      if (event.defaultPrevented || !form.dataset.discover) return;
      event.preventDefault();
      submit(event.submitter instanceof HTMLButtonElement ? event.submitter : form);
    };
    document.addEventListener("click", follow);
    document.addEventListener("submit", send);
    return () => {
      document.removeEventListener("click", follow);
      document.removeEventListener("submit", send);
    };
  }, [follow, submit]);
}

function useFollow(links: string): (event: MouseEvent) => void {
  const navigate = useNavigate();
  return useCallback(
    (event) => {
      const link =
        event.target instanceof Element && event.target.closest<HTMLAnchorElement>(links);
      const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (!link || event.defaultPrevented || event.button !== 0 || !isPlain) return;
      event.preventDefault();
      const { pathname, search, hash, href } = link;
      navigate(
        { pathname, search, hash },
        {
          preventScrollReset: !hash && pathname === location.pathname,
          replace: href === location.href,
        },
      );
    },
    [links, navigate],
  );
}
