import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on a free port of loopback, tells it to the process that started this one, ends with it. */
export function serve(server: Server): void {
  server.keepAliveTimeout = 75_000;
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
}
