import { useNavigate, useSubmit } from "@remix-run/react";
import { useEffect } from "react";

/** For a plain link or form: the router learns early where it leads, and follows it. */
export const followed = { "data-discover": "true" };

/** Beside those: the rows of the list, and what leads to another place in the same chat. */
const links = 'a[data-discover], a.chat-row, [data-app-shell] a[href^="?"]';

/**
 * Plain links and forms that lead on without loading the page anew, as the router's own do: one
 * handler for all of a page. A list with a router's link in each row takes twice as long to render.
 */
export function useFollowedPage(): void {
  const navigate = useNavigate();
  const submit = useSubmit();
  useEffect(() => {
    // Here React listens, too, and came first: what the router's own did is done by now.
    const follow = (event: MouseEvent) => {
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
    };
    const send = (event: SubmitEvent) => {
      const form = event.target as HTMLFormElement;
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
  }, [navigate, submit]);
}
