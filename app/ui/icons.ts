import { type LucideIcon, icons as lucide } from "lucide-react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import plugin from "tailwindcss/plugin";

const names = Object.fromEntries(
  Object.keys(lucide).map((name) => [
    name.replace(/([a-z])(?=[A-Z\d])|(?<=[A-Z\d])(?=[A-Z][a-z])/g, "$1-").toLowerCase(),
    name,
  ]),
);

/**
 * `icon-search` says which icon an element shows: the file of styles holds it as a mask, once, so
 * that no page and no script carries a copy for each place where it stands. `icon` shows it.
 */
export default plugin(({ matchComponents }) => {
  matchComponents(
    {
      icon: (name: string) => {
        const svg = renderToStaticMarkup(
          createElement((lucide as Record<string, LucideIcon>)[name] as LucideIcon),
        );
        return { "--icon": `url("data:image/svg+xml,${encodeURIComponent(svg)}")` };
      },
    },
    { values: names },
  );
});
