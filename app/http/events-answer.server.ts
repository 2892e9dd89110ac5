import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { TakeConnection } from "./connection-taker.server";
import { currentExchange } from "./exchange.server";

/** The answer to a request for live events, until it is known what it will be. */
export type EventsAnswer = {
  /** Whether nobody is there any more to read it. */
  isGone(): boolean;
  /** Writes the head, once; what is returned takes the rest. */
  begin(status: number, headers?: Record<string, string>): Writable;
  /** Nobody can be told what went wrong. */
  isBegun(): boolean;
  destroy(): void;
};

/** As `begin` writes it: the connection is the answer's own, and its end is the answer's. */
export async function eventsAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  take?: TakeConnection,
): Promise<EventsAnswer> {
  const connection = await take?.(req, res);
  return connection ? onConnection(connection, res) : onResponse(res);
}

function onResponse(res: ServerResponse): EventsAnswer {
  return {
    isGone: () => res.destroyed,
    begin: (status, headers) => res.writeHead(status, headers),
    isBegun: () => res.headersSent,
    destroy: () => res.destroy(),
  };
}

function onConnection(socket: Socket, res: ServerResponse): EventsAnswer {
  const exchange = currentExchange();
  let isBegun = false;
  // Whoever counts and logs answers waits for this.
  const settle = () => res.emit("close");
  socket.once("close", settle);

  function begin(status: number, headers: Record<string, string> = {}): Writable {
    isBegun = true;
    res.statusCode = status;
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    socket.write(headOf(res));
    socket.off("close", settle);
    if (exchange) exchange.isHandedOn = !socket.destroyed;
    settle();
    return socket;
  }

  return {
    isGone: () => socket.destroyed,
    begin,
    isBegun: () => isBegun,
    destroy: () => socket.destroy(),
  };
}

/** Without a length: the answer ends with its connection. */
function headOf(res: ServerResponse): string {
  res.setHeader("Date", new Date().toUTCString());
  res.setHeader("Connection", "close");
  const lines = Object.entries(res.getHeaders()).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${res.statusCode} ${STATUS_CODES[res.statusCode]}\r\n${lines.join("")}\r\n`;
}
