import look from "swagger-ui-dist/swagger-ui.css?url";
import script from "swagger-ui-dist/swagger-ui-bundle.js?url";
import { mendParts } from "./mended-parts";
import type { SwaggerUi } from "./swagger-ui";
import ownLook from "./viewer.css?url";
import { viewerPlugin } from "./viewer-plugin";

declare global {
  interface Window {
    SwaggerUIBundle?: SwaggerUi;
  }
}

type Options = {
  /** Where the document is. */
  url: string;
  operations: string;
  close: string;
};

/**
 * Loads the viewer and has it draw the document into an element.
 *
 * @returns when it is drawn, what takes it away again
 * @throws what could not be loaded
 */
export async function showViewer(place: Element, options: Options): Promise<() => void> {
  const sheets = [look, ownLook].map((href) =>
    Object.assign(document.createElement("link"), { rel: "stylesheet", href }),
  );
  const isThere = () => window.SwaggerUIBundle !== undefined;
  const program = Object.assign(document.createElement("script"), { src: script });
  await Promise.all([...sheets, ...(isThere() ? [] : [program])].map(whenLoaded));
  const unfollow = followScheme();
  const domNode = place.appendChild(document.createElement("div"));
  const unmend = mendParts(domNode);
  await new Promise<void>((resolve) => {
    window.SwaggerUIBundle?.({
      ...{ domNode, url: options.url, onComplete: () => resolve() },
      ...{ layout: "ReferenceLayout", plugins: [viewerPlugin(options)] },
      // None of its themes has colours that can all be read.
      syntaxHighlight: false,
      // It would send the address of the document to somebody else.
      validatorUrl: null,
      ...{ docExpansion: "list", displayRequestDuration: true },
    });
  });
  return () => {
    unfollow();
    unmend();
    domNode.remove();
    for (const one of sheets) one.remove();
  };
}

function whenLoaded(element: HTMLElement): Promise<void> {
  return new Promise((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      reject(new Error("A part of the viewer could not be loaded"));
    };
    document.head.append(element);
  });
}

/** The viewer goes by a class of the document, not by what the system says. */
function followScheme(): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const { classList } = document.documentElement;
  const follow = () => void classList.toggle("dark-mode", dark.matches);
  follow();
  dark.addEventListener("change", follow);
  return () => {
    dark.removeEventListener("change", follow);
    classList.remove("dark-mode");
  };
}
