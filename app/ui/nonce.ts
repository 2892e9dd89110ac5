import { createContext, useContext } from "react";

/**
 * What only the server knows while it renders. In a browser both are empty: it hides nonces from
 * scripts, and an error page is not hydrated.
 */
export const ServerOnly = createContext({ nonce: "", requestId: "" });
export const useServerOnly = () => useContext(ServerOnly);
