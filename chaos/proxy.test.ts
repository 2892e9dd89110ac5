import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ask } from "./ask";
import { findPort } from "./postgres";
import { fair, ProxyServer, type Weather } from "./proxy";

const long = "ü".repeat(5_000);

/** A server behind a proxy; `arrived` is what reached it whole. */
async function serve(weather: Partial<Weather>) {
  const arrived: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    arrived.push(body);
    response.end(long);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const proxy = new ProxyServer((server.address() as AddressInfo).port, await findPort());
  proxy.weather = { ...fair, ...weather };
  await proxy.start();
  onTestFinished(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });
  const post = () =>
    ask(proxy.origin, { method: "POST", path: "/", body: long, timeoutMs: 15_000 }).then(
      ({ body }) => body.toString(),
      (error) => error,
    );
  return { proxy, arrived, post };
}

test("in fair weather, late or in pieces, everything arrives whole", async () => {
  for (const weather of [{}, { delay: () => 30 }, { gather: 50 }]) {
    const { arrived, post } = await serve(weather);
    expect(await post()).toBe(long);
    expect(arrived).toEqual([long]);
  }
});

test("a send that is cut half-way does not arrive, and gets no answer", async () => {
  const { arrived, post } = await serve({ send: () => "half" });
  expect(await post()).toMatchObject({ name: "Error", mayHaveArrived: true });
  expect(arrived).toEqual([]);
});

test("a send whose answer is held back has arrived", async () => {
  const { arrived, post } = await serve({ send: () => "unanswered" });
  expect(await post()).toMatchObject({ mayHaveArrived: true });
  expect(arrived).toEqual([long]);
});

test("a connection that is cut while its answer is on the way ends for both", async () => {
  const { proxy, post } = await serve({ delay: () => 3_600_000 });
  const answer = post();
  await expect.poll(() => proxy.count("send"), { timeout: 10_000 }).toBe(1);
  proxy.cut("send");
  expect(await answer).toMatchObject({ mayHaveArrived: true });
  expect(proxy.count("send")).toBe(0);
});
