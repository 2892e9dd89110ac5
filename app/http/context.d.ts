import type { ServerResponse } from "node:http";

declare module "@remix-run/node" {
  interface AppLoadContext {
    /** For the scripts and styles of this one answer (`Content-Security-Policy`). */
    nonce: string;
    /** Names the request in the log and on an error page. */
    requestId: string;
    /** False for a fetch by the client's own script, which wants data and no redirect. */
    isDocument: boolean;
    /** The peer's address, or what a trusted proxy says it is. */
    address: string;
    /** Where the page is that asks, as its browser says; null where it says nothing. */
    origin: string | null;
    /** Whether a user has an open stream somewhere and shares it. */
    isOnline: (userId: string) => boolean;
    /** Set by what rendered a page, whose Response then has the head alone. */
    writePage?: (res: ServerResponse) => void;
  }
  interface Future {
    v3_singleFetch: true;
  }
}
