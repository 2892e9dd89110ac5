import { useMatches } from "@remix-run/react";
import { type Phrase, useT } from "./i18n";

type Title = Phrase | string;
type TitleHandle = { title: Title | ((data: unknown) => Title) };

/**
 * What a route exports as `handle`: its page's title. Unlike `meta` it is put into words where the
 * reader's language is known.
 */
export function titled(title: Title): TitleHandle {
  return { title };
}

/** The same for a title that comes from the loader: `titledBy<typeof loader>((data) => data.name)`. */
export function titledBy<Loader extends (...args: never[]) => unknown>(
  title: (data: Awaited<ReturnType<Loader>>) => Title,
): TitleHandle {
  return { title: (data) => title(data as Awaited<ReturnType<Loader>>) };
}

/** The title of the innermost route that has one. */
export function usePageTitle(): string {
  const t = useT();
  const matches = useMatches();
  let title: Title | undefined;
  for (const { handle, data } of matches) {
    if (!hasTitle(handle)) continue;
    if (typeof handle.title !== "function") title = handle.title;
    // A route that failed has no data to take a title from.
    else if (data !== undefined && data !== null) title = handle.title(data);
  }
  if (!title) return t("app.name");
  return t("app.title", { page: typeof title === "string" ? title : t(title.id, title.values) });
}

function hasTitle(handle: unknown): handle is TitleHandle {
  return typeof handle === "object" && handle !== null && "title" in handle;
}
