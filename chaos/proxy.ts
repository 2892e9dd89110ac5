import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What a connection carries, by the first line that the client wrote. */
export type Carries = "nothing" | "stream" | "send" | "page";

/** What becomes of a send: it passes; half of it arrives; it arrives and its answer is held back. */
export type SendFate = "pass" | "half" | "unanswered";

/** How the network behaves; change it at any time. */
export type Weather = {
  /** How late each piece comes, in ms. */
  delay: () => number;
  /** How long pieces are gathered before they go on together, cut at odd places; in ms. */
  gather: number;
  send: () => SendFate;
};

export const fair: Weather = { delay: () => 0, gather: 0, send: () => "pass" };

type Link = { client: Socket; server: Socket; carries: Carries; isBroken: boolean };

/** Stands between the clients and one instance, below HTTP. */
export class ProxyServer {
  weather: Weather = fair;
  private readonly links = new Set<Link>();
  private server: Server | undefined;

  constructor(
    private readonly target: number,
    readonly port: number,
  ) {}

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = createServer((client) => this.accept(client));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(this.port, "127.0.0.1", resolve);
    });
  }

  /** @returns how many connections that carry this are open */
  count(carries: Carries): number {
    return [...this.links].filter((link) => link.carries === carries).length;
  }

  /** Cuts connections with a reset, whatever is on its way in them. */
  cut(carries?: Carries): void {
    for (const link of [...this.links]) {
      if (!carries || link.carries === carries) this.break(link);
    }
  }

  async close(): Promise<void> {
    this.cut();
    const { server } = this;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private accept(client: Socket): void {
    const server = connect(this.target, "127.0.0.1");
    const link: Link = { client, server, carries: "nothing", isBroken: false };
    this.links.add(link);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on("error", () => this.break(link));
      socket.on("close", () => this.links.delete(link));
    }
    let fate: SendFate = "pass";
    this.carry(link, client, server, (bytes) => {
      if (link.carries === "nothing") link.carries = carriedBy(bytes);
      else return bytes;
      if (link.carries === "send") fate = this.weather.send();
      if (fate !== "half") return bytes;
      server.end(bytes.subarray(0, bytes.length / 2));
      setTimeout(() => this.break(link), 20).unref();
      return null;
    });
    this.carry(link, server, client, (bytes) => {
      // Whoever was cut off half-way hears nothing of it.
      if (fate === "half") return null;
      if (fate === "unanswered") {
        // All of the answer is here or about to be: what was asked has been done.
        setTimeout(() => this.break(link), 20).unref();
        return null;
      }
      return bytes;
    });
  }

  /** Hands on what comes, in order, as late and as broken up as the weather wants it. */
  private carry(
    link: Link,
    from: Socket,
    to: Socket,
    look: (bytes: Buffer) => Buffer | null,
  ): void {
    let waiting: Buffer[] = [];
    let handing: Promise<void> | null = null;
    const hand = async () => {
      for (;;) {
        const { delay, gather } = this.weather;
        const late = Math.max(delay(), gather);
        if (late > 0) await sleep(late);
        const bytes = Buffer.concat(waiting);
        waiting = [];
        for (const piece of gather > 0 ? pieces(bytes) : [bytes]) {
          if (!to.write(piece)) await drained(to);
        }
        if (!waiting.length) return;
      }
    };
    const start = () => {
      handing = hand().then(() => {
        handing = null;
        // What came between the last look and now.
        if (waiting.length) start();
      });
    };
    from.on("data", (bytes: Buffer) => {
      const seen = look(bytes);
      if (!seen || link.isBroken) return;
      waiting.push(seen);
      if (!handing) start();
    });
    from.on("end", async () => {
      while (handing) await handing;
      to.end();
    });
  }

  private break(link: Link): void {
    link.isBroken = true;
    this.links.delete(link);
    link.client.resetAndDestroy();
    link.server.resetAndDestroy();
  }
}

function carriedBy(first: Buffer): Carries {
  const line = first.subarray(0, 200).toString("latin1");
  if (line.startsWith("POST ")) return "send";
  return line.startsWith("GET /events") ? "stream" : "page";
}

/** Prime, so that the cuts fall into names, numbers and characters of several bytes alike. */
const PIECE = 997;

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

function drained(socket: Socket): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once("drain", resolve).once("close", () => resolve());
  });
}
