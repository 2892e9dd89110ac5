import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { connectionTaker } from "./connection-taker.server";
import { drainable } from "./draining.server";
import { eventsAnswer } from "./events-answer.server";

const poll = { timeout: 10_000 };
const head = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

/** A server whose `/events` leave it and whose other addresses are answered by it. */
async function serve(opened: (socket: Socket, res: ServerResponse) => void = () => {}) {
  const server = createServer({ shouldUpgradeCallback: () => false });
  const take = connectionTaker(server);
  const web = drainable(server);
  const closed: string[] = [];
  server.on("request", async (req: IncomingMessage, res: ServerResponse) => {
    res.once("close", () => closed.push(req.url ?? ""));
    if (!req.url?.startsWith("/events")) {
      setTimeout(() => res.end(`answer to ${req.url}`), 20);
      return;
    }
    res.setHeader("X-Request-Id", "one");
    const answer = await eventsAnswer(req, res, take);
    const output = answer.begin(200, { "Content-Type": "text/event-stream" });
    output.write(": open\n\n");
    if (output !== res) opened(output as Socket, res);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const connections = () =>
    new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

  /** Says what it is told, word for word, and keeps what it is answered. */
  function dial(text: string) {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    onTestFinished(() => void socket.destroy());
    const got = { text: "", isOver: false };
    socket.on("data", (more: string) => {
      got.text += more;
    });
    socket
      .on("error", () => {})
      .on("close", () => {
        got.isOver = true;
      });
    socket.write(text);
    return { socket, got };
  }

  return { ...web, connections, dial, closed };
}

test("an answer leaves the server with its head, goes on, and ends with its connection", async () => {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const { dial, closed, connections } = await serve(resolve);
  const { got } = dial(head("/events"));
  const output = await promise;
  // Whoever waits for the end of answers, as the log does, has it.
  expect(closed).toEqual(["/events"]);
  output.write("data: 1\n\n");
  output.end("data: 2\n\n");
  await expect.poll(() => got.isOver, poll).toBe(true);
  const [lines = "", body] = got.text.split("\r\n\r\n");
  expect(lines.split("\r\n")[0]).toBe("HTTP/1.1 200 OK");
  for (const line of ["x-request-id: one", "content-type: text/event-stream", "connection: close"])
    expect(lines.toLowerCase()).toContain(line);
  expect(body).toBe(": open\n\ndata: 1\n\ndata: 2\n\n");
  await expect.poll(connections, poll).toBe(0);
});

test("a connection takes its stream after other requests, and what comes behind it is left alone", async () => {
  const { dial } = await serve();
  const { socket, got } = dial(head("/page"));
  await expect.poll(() => got.text, poll).toContain("answer to /page");
  socket.write(head("/events"));
  await expect.poll(() => got.text, poll).toContain(": open");
  socket.write(head("/behind"));
  socket.write("what is no HTTP at all\r\n\r\n");
  const { got: other } = dial(head("/page"));
  await expect.poll(() => other.text, poll).toContain("answer to /page");
  expect(got.isOver).toBe(false);
  expect(got.text).not.toContain("behind");
});

test("a stream that is asked for together with other requests has its turn, as an answer of the server", async () => {
  let taken = 0;
  const { dial, connections } = await serve(() => taken++);
  const { socket, got } = dial(head("/page") + head("/events"));
  await expect.poll(() => got.text, poll).toContain(": open");
  expect(got.text.indexOf("answer to /page")).toBeLessThan(got.text.indexOf(": open"));
  const { socket: second, got: first } = dial(head("/events") + head("/behind"));
  await expect.poll(() => first.text, poll).toContain(": open");
  second.write(head("/behind"));
  const { got: other } = dial(head("/page"));
  await expect.poll(() => other.text, poll).toContain("answer to /page");
  expect([taken, first.text.includes("behind")]).toEqual([0, false]);
  for (const one of [socket, second]) one.destroy();
  await expect.poll(connections, poll).toBe(1);
});

test("who asks for an upgrade is answered without one", async () => {
  const { dial } = await serve();
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  for (const path of ["/page", "/events"]) {
    const { got } = dial(head(path, upgrade));
    await expect.poll(() => got.text, poll).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*(answer to|: open)/);
  }
});

test("a request that turns to nonsense leaves nothing behind", async () => {
  const { dial, connections, closed } = await serve();
  const { got } = dial(`${head("/events")}what is no HTTP at all\r\n\r\n`);
  await expect.poll(() => got.isOver, poll).toBe(true);
  await expect.poll(connections, poll).toBe(0);
  expect(closed).toEqual(["/events"]);
});

test.each(["end", "resetAndDestroy"] as const)(
  "a reader who is gone (%s) closes the connection, and what is said to him harms nobody",
  async (goes) => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const { dial, connections } = await serve(resolve);
    const { socket } = dial(head("/events"));
    const output = await promise;
    socket[goes]();
    await expect
      .poll(() => {
        if (!output.destroyed) output.write("data: still there?\n\n");
        return output.destroyed;
      }, poll)
      .toBe(true);
    output.write("data: nobody hears this\n\n");
    await expect.poll(connections, poll).toBe(0);
  },
);

test("a server that is drained waits for a taken connection to end, and for nothing else", async () => {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const { dial, drain } = await serve(resolve);
  const { got } = dial(head("/events"));
  const output = await promise;
  let isDrained = false;
  const draining = drain({
    graceMs: 0,
    cutMs: 15_000,
    endStreams: async () => expect(isDrained).toBe(false),
  }).then(() => {
    isDrained = true;
  });
  output.end("data: bye\n\n");
  await draining;
  await expect.poll(() => got.isOver, poll).toBe(true);
  expect(got.text).toContain("bye");
});
