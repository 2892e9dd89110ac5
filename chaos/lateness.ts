import { randomUUID } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:http2";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { ask } from "./ask";
import type { Person } from "./market";
import { submitTo } from "./submit";

const MESSAGES = 50;
/** For an event that does not come, in ms. */
const PATIENCE = 20_000;

export type Lateness = {
  protocol: string;
  /** Of the answer that streams, and of a page: `identity` or a way to compress. */
  streamEncoding: string;
  pageEncoding: string;
  /** From the start of a send to the event on the other person's stream, in ms. */
  behind: { p50: number; most: number };
  /** The same messages on a stream that goes past the load balancer. */
  direct: { p50: number; most: number };
};

/**
 * How late events come through a load balancer that compresses, to a browser that takes compressed
 * answers and speaks HTTP/2.
 */
export async function measureLateness(
  { origin, secureOrigin, direct }: { origin: string; secureOrigin: string; direct: string },
  [writer, reader]: [Person, Person],
): Promise<Lateness> {
  const session = connect(secureOrigin, { rejectUnauthorized: false });
  const past = await openDirectly(direct, reader);
  try {
    const pastIt = listenTo(past);
    const stream = session.request({
      ":path": "/events",
      cookie: reader.cookie,
      "accept-encoding": "gzip, br",
    });
    const arrived = listenTo(stream);
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      stream.once("response", resolve).once("error", reject);
    });
    await Promise.all([arrived.hello, pastIt.hello]);
    const chatId = writer.chatIds.find((id) => reader.chatIds.includes(id)) ?? "";
    const submit = submitTo([origin], writer.cookie);
    const [times, directTimes]: [number[], number[]] = [[], []];
    for (let count = 0; count < MESSAGES; count += 1) {
      const clientId = randomUUID();
      const startedAt = performance.now();
      const events = Promise.all([arrived.message(clientId), pastIt.message(clientId)]);
      const sent = await submit(0, chatId, { intent: "send", clientId, body: `Number ${count}` });
      if (sent.kind !== "done") throw new Error(`A send was not done: ${JSON.stringify(sent)}`);
      const [behind, past] = await events;
      times.push(behind - startedAt);
      directTimes.push(past - startedAt);
      await sleep(20);
    }
    return {
      protocol: session.alpnProtocol ?? "none",
      streamEncoding: String(headers["content-encoding"] ?? "identity"),
      pageEncoding: await pageEncoding(origin, reader),
      behind: summaryOf(times),
      direct: summaryOf(directTimes),
    };
  } finally {
    session.destroy();
    past.destroy();
  }
}

function summaryOf(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
}

function openDirectly(origin: string, { cookie }: Person): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${origin}/events`, { headers: { cookie }, agent: false }, resolve).on("error", reject);
  });
}

function listenTo(stream: Readable) {
  const waiting = new Map<string, (at: number) => void>();
  const { promise: hello, resolve: begun } = Promise.withResolvers<void>();
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "hello") begun();
      if (event !== "message.created") return;
      const { message } = JSON.parse(data) as { message: { clientId: string } };
      waiting.get(message.clientId)?.(performance.now());
    },
  });
  stream.setEncoding("utf8").on("data", (text: string) => parser.feed(text));
  stream.on("error", () => {});
  const message = (clientId: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const late = setTimeout(() => reject(new Error("An event did not come")), PATIENCE);
    waiting.set(clientId, (at) => {
      clearTimeout(late);
      resolve(at);
    });
    return promise;
  };
  return { hello, message };
}

async function pageEncoding(origin: string, { cookie }: Person): Promise<string> {
  const headers = { Cookie: cookie, "Accept-Encoding": "gzip" };
  const page = await ask(origin, { method: "GET", path: "/chats", headers, timeoutMs: PATIENCE });
  return String(page.headers["content-encoding"] ?? "identity");
}
