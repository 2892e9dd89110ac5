import type { Part, Plugin, System } from "./swagger-ui";

/** What it says that its own does not, or says in pictures only. */
type Sentences = { operations: string; close: string };

/**
 * The viewer within a page that has a head and a heading of its own: no second `main`, no title, no
 * choice among one server, headings in order, and the names that its own parts lack.
 */
export function viewerPlugin({ operations, close }: Sentences): Plugin {
  return ({ React }) => ({
    components: {
      // biome-ignore lint/correctness/noComponentHookFactories: the viewer makes its plugins once, and only here there is its React.
      ReferenceLayout: (props) => layout(React, props as unknown as System, operations),
    },
    // The button around it has no name.
    wrapComponents: { CloseIcon: named(close) },
  });
}

function layout(
  { createElement: h }: System["React"],
  { getComponent, specSelectors }: System,
  heading: string,
) {
  // Until the document is there the page shows what the server wrote.
  if (specSelectors.loadingStatus() !== "success") return null;
  const [Svg, Errors] = [getComponent("SvgAssets"), getComponent("errors", true)];
  const Operations = getComponent("operations", true);
  return h(
    "div",
    { className: "swagger-ui" },
    h(Svg),
    h(Errors),
    specSelectors.securityDefinitions()
      ? h("div", { className: "authorize" }, h(getComponent("AuthorizeBtnContainer", true)))
      : null,
    h("h2", { className: "sr-only" }, heading),
    h(Operations),
  );
}

function named(name: string) {
  return (Original: Part, { React: { createElement: h } }: System): Part =>
    (props) =>
      h("span", null, h(Original, props), h("span", { className: "sr-only" }, name));
}
