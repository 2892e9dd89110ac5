import { Agent, createServer, get, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { drainable } from "./draining.server";

const patient = { graceMs: 0, cutMs: 15_000, endStreams: async () => {} };

/** A server, and a client that keeps its one connection. */
async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  const web = drainable(server);
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, agent }, (response) => resolve(response.resume())).on("error", reject);
    });
  return { ...web, ask };
}

test("a request under way is answered, as the last on its connection", async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { ask, drain } = await serve(async (_request, response) => {
    arrive();
    await done;
    response.end("done");
  });
  const answer = ask();
  await arrived;
  const drained = drain(patient);
  finish();
  expect((await answer).headers.connection).toBe("close");
  await drained;
  await expect(ask()).rejects.toThrow("ECONNREFUSED");
});

test("a connection that waits for its next request is closed at once", async () => {
  const { ask, drain } = await serve((_request, response) => response.end());
  expect((await ask()).headers.connection).toBe("keep-alive");
  await drain(patient);
});

test("in the time of grace requests are still answered, and it says that it is leaving", async () => {
  const { ask, drain, isLeaving } = await serve((_request, response) => response.end());
  expect(isLeaving()).toBe(false);
  const streams = Promise.withResolvers<void>();
  const drained = drain({
    ...patient,
    graceMs: 2_000,
    endStreams: async () => streams.resolve(),
  });
  expect(isLeaving()).toBe(true);
  const late = await ask();
  expect([late.statusCode, late.headers.connection]).toEqual([200, "close"]);
  await streams.promise;
  await drained;
});

test("what never ends is cut in time", async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const { ask, drain } = await serve(() => arrive());
  const answer = ask();
  await arrived;
  await drain({ ...patient, cutMs: 100 });
  await expect(answer).rejects.toThrow("socket hang up");
});
