import { createContext, useContext } from "react";
import type { Language } from "./i18n";
import type { Still } from "./stills";

type ServerOnly = {
  nonce: string;
  requestId: string;
  /** A script that hands over what the loaders gave, after the router's own. */
  pageData?: string;
  /** The markup of stills, kept from page to page. */
  renderStills?: (stills: Still[], language: Language) => string;
};

/**
 * What only the server knows while it renders. In a browser all of it is empty: it hides nonces from
 * scripts, an error page is not hydrated, and what was rendered there is only taken over.
 */
export const ServerOnly = createContext<ServerOnly>({ nonce: "", requestId: "" });
export const useServerOnly = () => useContext(ServerOnly);
