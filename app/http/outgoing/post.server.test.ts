import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { NotSent, postOutside } from "./post.server";
import { NotPublic, resolvePublic } from "./resolve.server";

const limits = {
  headers: {},
  body: Buffer.from("hello"),
  timeoutMs: 20_000,
  maxAnswerBytes: 1_024,
};

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

test.each([
  "http://127.0.0.1:1/",
  "http://127.1:1/",
  "http://2130706433:1/",
  "http://0x7f.1:1/",
  "http://[::1]:1/",
  "http://[::ffff:127.0.0.1]:1/",
  "http://localhost:1/",
])("nothing is sent to %s", async (address) => {
  const sending = postOutside({ ...limits, url: new URL(address), mayBePrivate: false });
  const error = await sending.catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(NotSent);
  expect((error as Error).cause).toBeInstanceOf(NotPublic);
});

test("a name that leads to a private address is refused, also beside a public one", async () => {
  const both = async () => [
    { address: "8.8.8.8", family: 4 },
    { address: "10.0.0.1", family: 4 },
  ];
  await expect(resolvePublic("push.example.com", both)).rejects.toThrow(NotPublic);
  await expect(resolvePublic("push.example.com", async () => [])).rejects.toThrow(NotPublic);
  const one = async () => [{ address: "8.8.8.8", family: 4 }];
  expect(await resolvePublic("push.example.com", one)).toEqual({ address: "8.8.8.8", family: 4 });
});

test("it says when it is connected, before the other side has a byte", async () => {
  const seen: string[] = [];
  const url = await serve((req, res) => {
    seen.push("request");
    req.on("data", (chunk) => seen.push(String(chunk)));
    req.on("end", () => res.writeHead(201).end("taken"));
  });
  const onConnected = async () => void seen.push("connected");
  const answer = await postOutside({ ...limits, url, mayBePrivate: true, onConnected });
  expect(answer).toMatchObject({ status: 201, body: "taken" });
  expect(seen).toEqual(["connected", "request", "hello"]);
});

test("what is refused at the last moment is not sent", async () => {
  let requests = 0;
  const url = await serve((_req, res) => {
    requests += 1;
    res.end();
  });
  const onConnected = () => Promise.reject(new Error("Not any more"));
  const sending = postOutside({ ...limits, url, mayBePrivate: true, onConnected });
  await expect(sending).rejects.toThrow("Not any more");
  expect(requests).toBe(0);
});

test("a redirect is followed nowhere", async () => {
  const paths: string[] = [];
  const url = await serve((req, res) => {
    paths.push(req.url ?? "");
    res.writeHead(307, { Location: "/elsewhere" }).end();
  });
  expect((await postOutside({ ...limits, url, mayBePrivate: true })).status).toBe(307);
  expect(paths).toEqual(["/"]);
});

test("of an answer without an end only so much is read", async () => {
  const url = await serve((_req, res) => {
    res.writeHead(200);
    const more = () => {
      while (res.write("x".repeat(10_000)));
    };
    res.on("drain", more);
    more();
  });
  const answer = await postOutside({ ...limits, url, mayBePrivate: true });
  expect(answer.body).toHaveLength(limits.maxAnswerBytes);
});

test("an answer whose end does not come in time is one all the same", async () => {
  const url = await serve((_req, res) => {
    res.writeHead(410).write("gone");
  });
  const answer = await postOutside({ ...limits, url, mayBePrivate: true, timeoutMs: 500 });
  expect(answer).toMatchObject({ status: 410, body: "gone" });
});

test("where nobody answers in time it may have arrived, and where nobody listens it has not", async () => {
  const silent = await serve(() => {});
  const late = postOutside({ ...limits, url: silent, mayBePrivate: true, timeoutMs: 300 });
  await expect(late).rejects.not.toBeInstanceOf(NotSent);

  const closed = createSocketServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => closed.once("listening", resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const url = new URL(`http://127.0.0.1:${port}/`);
  await expect(postOutside({ ...limits, url, mayBePrivate: true })).rejects.toThrow(NotSent);
});
