import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Writable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { pageSink } from "./page-sink.server";

type Sink = Writable & { flush?: () => void };

/** A page that is being written to somebody. */
async function page(abort = () => {}) {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const asking = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  asking.on("error", () => {});
  const answered = once(asking, "response");
  // Who leaves early has none.
  answered.catch(() => {});
  const [, res] = (await once(server, "request")) as [IncomingMessage, ServerResponse];
  const sink: Sink = pageSink(res, abort);
  return {
    sink,
    asking,
    answer: async () => ((await answered) as [IncomingMessage])[0].setEncoding("utf8"),
  };
}

test("a page that is there as a whole goes in one piece, with its length", async () => {
  const { sink, answer } = await page();
  sink.write(Buffer.from("<p>"));
  sink.write(Buffer.from("now</p>"));
  sink.flush?.();
  sink.end();
  const response = await answer();
  expect(response.headers).toMatchObject({ "content-length": "10" });
  expect(await response.toArray()).toEqual(["<p>now</p>"]);
});

test("what is written at one time is one piece; what comes later is another", async () => {
  const { sink, answer } = await page();
  sink.write(Buffer.from("<p>"));
  sink.write(Buffer.from("now</p>"));
  sink.flush?.();
  const response = await answer();
  const pieces = response[Symbol.asyncIterator]();
  expect((await pieces.next()).value).toBe("<p>now</p>");
  sink.write(Buffer.from("<p>later</p>"));
  sink.end();
  expect((await pieces.next()).value).toBe("<p>later</p>");
  expect((await pieces.next()).done).toBe(true);
});

test("a page that nobody takes is not rendered any further", async () => {
  const abort = vi.fn();
  const { sink, asking } = await page(abort);
  asking.destroy();
  await vi.waitUntil(() => sink.destroyed);
  expect(abort).toHaveBeenCalledOnce();
});

test("a page that went is not ended once more", async () => {
  const abort = vi.fn();
  const { sink, asking, answer } = await page(abort);
  sink.end(Buffer.from("page"));
  await (await answer()).toArray();
  asking.destroy();
  expect(abort).not.toHaveBeenCalled();
});
