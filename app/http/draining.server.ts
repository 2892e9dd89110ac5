import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export type Drain = {
  /** How long requests are still taken, so that load balancers can notice, in ms. */
  graceMs: number;
  /** When what is still under way is cut, in ms from now. */
  cutMs: number;
  /** Ends what would never end by itself: the server waits for open streams. */
  endStreams: () => Promise<void>;
};

export type Drainable = ReturnType<typeof drainable>;

/**
 * Makes a server that can be closed without losing a request: from the call of `drain` on each
 * answer is the last on its connection, so that nobody sends another where it would be cut.
 */
export function drainable(server: Server) {
  const answering = new Set<ServerResponse>();
  let leaving = false;
  // Before the program's own listener, which may answer at once.
  server.prependListener("request", (_request, response: ServerResponse) => {
    if (leaving) makeLast(response);
    answering.add(response);
    response.once("close", () => answering.delete(response));
  });

  /** Resolves when no connection is left. */
  async function drain({ graceMs, cutMs, endStreams }: Drain): Promise<void> {
    leaving = true;
    for (const response of answering) makeLast(response);
    const cut = setTimeout(() => server.closeAllConnections(), cutMs);
    if (graceMs > 0) await sleep(graceMs);
    const closed = new Promise((resolve) => server.close(resolve));
    // Answers whose head was out before leave their connection open.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    try {
      await endStreams();
      await closed;
    } finally {
      clearInterval(sweep);
      clearTimeout(cut);
    }
  }

  return { drain, isLeaving: () => leaving };
}

function makeLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("Connection", "close");
}
