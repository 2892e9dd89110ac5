import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

type Listening = { port: number };

/**
 * `stall`: nothing goes on; `unanswered`: what is asked arrives, its answer is cut off; `cut`: the
 * connection ends behind so many bytes of the answer; `stallAfter`: nothing more comes behind them.
 */
type Fate = "pass" | "stall" | "unanswered" | { cut: number } | { stallAfter: number };

/** Stands between us and `target`; what `fate` says goes for connections made from then on. */
export async function startUnreliableNetwork(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const network = {
    fate: "pass" as Fate,
    /** How many connections were made. */
    connections: 0,
    endpoint: "",
    /** From now on nobody listens. */
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  const server = createServer((client) => {
    network.connections += 1;
    const { fate } = network;
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    if (fate === "stall") return;
    client.pipe(upstream);
    const isCut = typeof fate === "object" && "cut" in fate;
    const end =
      typeof fate !== "object" ? Number.POSITIVE_INFINITY : isCut ? fate.cut : fate.stallAfter;
    let answered = 0;
    upstream.on("data", (bytes: Buffer) => {
      if (fate === "unanswered") return void client.resetAndDestroy();
      const rest = end - answered;
      answered += bytes.length;
      client.write(bytes.subarray(0, Math.max(0, rest)));
      if (rest < bytes.length && isCut) client.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  network.endpoint = `http://127.0.0.1:${(server.address() as Listening).port}`;
  onTestFinished(network.close);
  return network;
}
