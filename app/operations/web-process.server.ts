import cluster from "node:cluster";
import { stopOrphan } from "~/db/embedded/leftover.server";
import { StartupError } from "./startup-error.server";

/** What a web process tells the first process. */
export type WebReport = { type: "ready"; address: string } | { type: "failed"; message: string };

/** In the environment of a web process: the folder of the embedded cluster, if one is used. */
export const CLUSTER_VARIABLE = "PARLEY_CLUSTER";

/**
 * Calls `drain` once when this web process has to stop, and then ends it. It stops when the first
 * process says so or is gone. A Ctrl-C in a terminal reaches this process as well, and is left to
 * the first one, so that the order (streams, web processes, PostgreSQL) holds.
 *
 * @param drain ends streams, lets requests in flight finish, closes pools; has about 7 s
 */
export function onStop(drain: () => Promise<void>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    let code = 0;
    try {
      await drain();
    } catch {
      code = 1;
    }
    if (!process.connected) stopOrphan(process.env[CLUSTER_VARIABLE]);
    process.exit(code);
  };
  // Without this, Node ends a cluster's worker at once when the first process is gone.
  if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => void stop());
  process.on("disconnect", () => {
    // Nobody is left to kill a drain that hangs.
    setTimeout(() => process.exit(1), 8000).unref();
    void stop();
  });
  if (process.send && !process.connected) void stop();
}

/** Tells the first process that requests are answered. */
export function reportReady(address: string): void {
  report({ type: "ready", address });
}

/** Ends this process because it cannot start; the first process prints the reason in one line. */
export function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  report({ type: "failed", message }, () => process.exit(1));
}

/** Turns what `listen` fails with into a line that names the variable. */
export function listenFailure(error: unknown, { host, port }: { host: string; port: number }) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartupError(
      `PORT ${port} is in use on ${host} by another program; stop it, or take another port, for example PORT=${port === 65_535 ? 3000 : port + 1}`,
    );
  }
  if (code === "EACCES") {
    return new StartupError(
      `PORT ${port} may not be used by this user; take one above 1023, for example PORT=3000`,
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new StartupError(
      `HOST ${host} is not an address of this machine; for example HOST=127.0.0.1`,
    );
  }
  return error;
}

function report(message: WebReport, then?: () => void) {
  if (process.send) process.send(message, undefined, undefined, () => then?.());
  else then?.();
}
