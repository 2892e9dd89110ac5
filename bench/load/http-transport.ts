import { get } from "node:http";
import { EventParser } from "./event-parser.ts";
import { HttpConnection } from "./http-connection.ts";
import type { Idle, Person } from "./plan.ts";
import { type Incoming, type Outgoing, originOf, type Transport } from "./transport.ts";

/** Connections for sends to one instance; more sends than that wait for one. */
const mostConnections = 512;

/** Server-sent events and POST, to Parley or to the floor. */
export function httpTransport(plan: Idle): Transport {
  const originFor = originOf(plan);
  const requestOf = plan.protocol === "parley" ? formPost : floorPost;
  const pools = new Map(plan.origins.map((origin) => [origin, new Pool(origin)]));
  const streams: { destroy(): void }[] = [];

  return {
    openStream: (person, onMessage) =>
      new Promise((resolve, reject) => {
        const url = `${originFor(person)}/events?user=${person.id}`;
        const request = get(url, { agent: false, headers: { Cookie: cookies(person) } });
        request.on("error", reject);
        request.on("response", (response) => {
          if (response.statusCode !== 200)
            return reject(new Error(`${url}: ${response.statusCode}`));
          const parser = new EventParser((event, data) => {
            if (event === "hello") resolve();
            else if (event === "message.created") onMessage(messageIn(data));
          });
          response.setEncoding("utf8").on("data", (text: string) => parser.push(text));
          streams.push(response);
        });
      }),
    send: async (message) => {
      const origin = originFor(message.sender);
      return (await pools.get(origin)?.send(requestOf(origin, message))) === 200;
    },
    close: () => {
      for (const stream of streams) stream.destroy();
      for (const pool of pools.values()) pool.close();
    },
  };
}

function messageIn(data: string): Incoming {
  const { chatId, message } = JSON.parse(data);
  return { chatId, seq: message.seq, clientId: message.clientId };
}

/** `scripted` is what the client's script sets: with it, opening a page marks nothing read. */
export function cookies(person: Person): string {
  return `session=${person.token}; timeZone=UTC; scripted=1`;
}

/** The form's own fields and address, as the client's fetch sends them. */
function formPost(origin: string, { chat, sender, clientId, body }: Outgoing): string {
  const form = new URLSearchParams({ intent: "send", clientId, body, replyTo: "" }).toString();
  return post(origin, `/chats/${chat.id}`, form, "application/x-www-form-urlencoded", sender);
}

function floorPost(origin: string, { chat, sender, clientId, body }: Outgoing): string {
  const json = JSON.stringify({ chatId: chat.id, senderId: sender.id, clientId, body });
  return post(origin, "/send", json, "application/json", sender);
}

function post(origin: string, path: string, body: string, type: string, sender: Person): string {
  return `POST ${path} HTTP/1.1\r
Host: ${origin.slice(7)}\r
Origin: ${origin}\r
Cookie: ${cookies(sender)}\r
Accept: application/json\r
Content-Type: ${type}\r
Content-Length: ${Buffer.byteLength(body)}\r
\r
${body}`;
}

class Pool {
  private readonly idle: HttpConnection[] = [];
  private readonly all: HttpConnection[] = [];
  private readonly waiting: ((connection: HttpConnection) => void)[] = [];
  private readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async send(request: string): Promise<number> {
    const connection = this.idle.pop() ?? this.open() ?? (await this.next());
    try {
      return await connection.send(request);
    } finally {
      const next = this.waiting.shift();
      if (next) next(connection);
      else this.idle.push(connection);
    }
  }

  close(): void {
    for (const connection of this.all) connection.close();
  }

  private open(): HttpConnection | undefined {
    if (this.all.length >= mostConnections) return undefined;
    const connection = new HttpConnection(this.origin);
    this.all.push(connection);
    return connection;
  }

  private next(): Promise<HttpConnection> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
