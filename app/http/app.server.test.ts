import { connect } from "node:net";
import type { Handler } from "express";
import { describe, expect, test } from "vitest";
import { send, serveApp } from "../../test/web";

const page: Handler = (_req, res) => void res.send("page");
const readAll: Handler = async (req, res, next) => {
  try {
    for await (const _ of req);
    res.send("read");
  } catch (error) {
    next(error);
  }
};

describe("a request that changes something", () => {
  test("passes when it names our origin", async () => {
    const { origin } = await serveApp({ pages: page });
    const answer = await send(`${origin}/x`, { method: "POST", headers: { Origin: origin } });
    expect(answer.status).toBe(200);
  });

  test.each([
    ["no origin", undefined],
    ["null", "null"],
    ["a foreign origin", "https://evil.example"],
    ["our host by another scheme", "https://127.0.0.1"],
    ["nothing", ""],
  ])("is refused when it names %s", async (_, named) => {
    const { origin } = await serveApp({ pages: page });
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const headers = named === undefined ? {} : { Origin: named };
      for (const path of ["/x", "/x.data", "/events"]) {
        expect(await send(origin + path, { method, headers })).toMatchObject({ status: 403 });
      }
    }
  });

  test("is measured by PUBLIC_URL where there is one, whatever its host says", async () => {
    const { origin } = await serveApp({ pages: page, publicUrl: new URL("https://chat.test") });
    const from = (named: string) =>
      send(`${origin}/x`, { method: "POST", headers: { Origin: named } });
    expect((await from("https://chat.test")).status).toBe(200);
    expect((await from(origin)).status).toBe(403);
  });

  test("is measured by what a trusted proxy forwards, and by nobody else's word", async () => {
    const forwarded = { "X-Forwarded-Host": "chat.test", "X-Forwarded-Proto": "https" };
    const options = { method: "POST", headers: { Origin: "https://chat.test", ...forwarded } };
    const trusting = await serveApp({ pages: page, trustProxy: 1 });
    expect((await send(`${trusting.origin}/x`, options)).status).toBe(200);
    const plain = await serveApp({ pages: page });
    expect((await send(`${plain.origin}/x`, options)).status).toBe(403);
  });
});

describe("a body over the limit", () => {
  const limit = 1024 * 1024;
  const post = (origin: string, body: string | string[], more = {}) =>
    send(`${origin}/x`, { method: "POST", headers: { Origin: origin, ...more }, body });

  test("is refused by its announced length", async () => {
    const { origin } = await serveApp({ pages: readAll });
    const announced = { "Content-Length": 8 * limit };
    expect((await post(origin, "x".repeat(8 * limit), announced)).status).toBe(413);
  });

  test("is refused while it comes without a length", async () => {
    const { origin } = await serveApp({ pages: readAll });
    const pieces = Array<string>(40).fill("x".repeat(100_000));
    expect((await post(origin, pieces)).status).toBe(413);
  });

  test("leaves its connection usable or closed, never hanging", async () => {
    const { port, origin } = await serveApp({ pages: readAll });
    const socket = connect(port, "127.0.0.1");
    let answers = "";
    const ended = new Promise<void>((resolve) => {
      socket.on("data", (chunk) => {
        answers += chunk;
        if (answers.match(/HTTP\/1\.1 /g)?.length === 2) resolve();
      });
      socket.on("close", () => resolve());
    });
    const head = `POST /x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\n`;
    socket.write(`${head}Content-Length: ${2 * limit}\r\n\r\n${"x".repeat(2 * limit)}`);
    socket.write(`${head}Content-Length: 1\r\n\r\nx`);
    await ended;
    socket.destroy();
    expect(answers).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("does not keep one at the limit from passing", async () => {
    const { origin } = await serveApp({ pages: readAll });
    expect((await post(origin, "x".repeat(limit))).status).toBe(200);
  });
});

describe("an address that nobody behind could read", () => {
  test.each([
    ["//evil.example/x", 400],
    ["/x?_data=root", 400],
    ["/x?x=c?d&_data=root", 400],
    [`/${"a".repeat(5_000)}`, 414],
    [`/x?q=${"a".repeat(5_000)}`, 414],
  ])("%.30s is answered with %d", async (path, status) => {
    const { origin } = await serveApp({ pages: page });
    expect((await send(origin + path)).status).toBe(status);
  });

  test.each([
    ["/chats/%00", "/chats/%EF%BF%BD"],
    ["/chats/a%00b.data", "/chats/a%EF%BF%BDb.data"],
    ["/chats/%ff", "/chats/%EF%BF%BD"],
    ["/%E0%A4%A", "/%EF%BF%BD%EF%BF%BDA"],
    ["/%ZZ/100%", "/%EF%BF%BDZZ/100%EF%BF%BD"],
    ["/a%2fb%20%C3%A9/%ff?q=%ff", "/a%2Fb%20%C3%A9/%EF%BF%BD?q=%ff"],
    ["/a%2fb%20%C3%A9?q=%00%ff", "/a%2fb%20%C3%A9?q=%00%ff"],
  ])("%s reaches the pages as %s, which names nothing", async (path, seen) => {
    const pages: Handler = (req, res) => void res.send(`${req.originalUrl} ${req.url}`);
    const { origin } = await serveApp({ pages });
    expect(await send(origin + path)).toMatchObject({ status: 200, body: `${seen} ${seen}` });
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s runs nothing on a page", async (method) => {
    const { origin } = await serveApp({ pages: page });
    for (const path of ["/x", "/x.data", "/apiary"]) {
      const answer = await send(origin + path, { method, headers: { Origin: origin } });
      expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, POST" } });
    }
    const api = await send(`${origin}/api/v1/x`, { method, headers: { Origin: origin } });
    expect(api.status).toBe(200);
  });

  test("a file that is gone is no page", async () => {
    const { origin } = await serveApp({ pages: page });
    expect((await send(`${origin}/assets/chat-12345678.js`)).status).toBe(404);
  });

  test.each(["TRACE", "OPTIONS", "PROPFIND"])("%s is not a method of ours", async (method) => {
    const { origin } = await serveApp({ pages: page });
    const answer = await send(`${origin}/x`, { method });
    expect(answer).toMatchObject({
      status: 405,
      headers: { allow: expect.stringContaining("GET") },
    });
  });

  test.each(["a b", "evil.example:99999999", "x/y"])("the host %j is refused", async (host) => {
    const { origin } = await serveApp({ pages: page });
    expect((await send(`${origin}/x`, { headers: { Host: host } })).status).toBe(400);
  });

  test("a forwarded host from a stranger changes nothing", async () => {
    const { origin } = await serveApp({ pages: (req, res) => void res.json(req.headers) });
    const answer = await send(`${origin}/x`, { headers: { "X-Forwarded-Host": "e:9999999" } });
    expect(JSON.parse(answer.body)).not.toHaveProperty("x-forwarded-host");
  });
});

describe("every answer", () => {
  test("lets pages show pictures from where the operator says, and nothing else from there", async () => {
    const pictureOrigins = ["https://pictures.market.example"];
    const { origin } = await serveApp({ pages: page, pictureOrigins });
    const policy = String((await send(`${origin}/x`)).headers["content-security-policy"]);
    const those = policy.split(";").filter((part) => part.includes("market.example"));
    expect(those).toEqual(["img-src 'self' data: blob: https://pictures.market.example"]);
  });

  test("carries a strict policy with a nonce of its own", async () => {
    const { origin } = await serveApp({ pages: (_req, res) => void res.send(res.locals.nonce) });
    const [first, second] = [await send(`${origin}/x`), await send(`${origin}/x`)];
    expect(first?.body).not.toBe(second?.body);
    const policy = String(first?.headers["content-security-policy"]);
    expect(policy).toContain(`script-src 'self' 'nonce-${first?.body}'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const part of [
      "default-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ]) {
      expect(policy.split(";")).toContain(part);
    }
    expect(first?.headers).toMatchObject({
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    });
    expect(first?.headers).not.toHaveProperty("x-powered-by");
  });

  test("asks for https where people reach us by it, and only there", async () => {
    const secure = await serveApp({ pages: page, publicUrl: new URL("https://chat.test") });
    const plain = await serveApp({ pages: page });
    const headersOf = async ({ origin }: { origin: string }) => (await send(origin)).headers;
    expect(await headersOf(secure)).toHaveProperty("strict-transport-security");
    expect(await headersOf(plain)).not.toHaveProperty("strict-transport-security");
  });

  test("keeps what a page itself says about caching", async () => {
    const pages: Handler = (_req, res) => void res.set("Cache-Control", "public").send("x");
    const { origin } = await serveApp({ pages });
    expect((await send(`${origin}/x`)).headers["cache-control"]).toBe("public");
  });

  test("is compressed, but an event stream is not", async () => {
    const pages: Handler = (req, res) =>
      void res.type(req.path === "/x" ? "html" : "text/event-stream").send("x".repeat(5_000));
    const { origin } = await serveApp({ pages });
    const headers = { "Accept-Encoding": "gzip" };
    expect((await send(`${origin}/x`, { headers })).headers["content-encoding"]).toBe("gzip");
    const stream = await send(`${origin}/stream`, { headers });
    expect(stream.headers).not.toHaveProperty("content-encoding");
  });

  test("names its request, as the failure page does", async () => {
    const { origin } = await serveApp({ pages: (_req, _res, next) => next(new Error("broken")) });
    const answer = await send(`${origin}/x`);
    expect(answer.status).toBe(500);
    expect(answer.body).toContain(String(answer.headers["x-request-id"]));
    expect(answer.body).not.toContain("broken");
    expect(answer.body).not.toContain("<script");
  });
});

describe("health", () => {
  test("is said without a database", async () => {
    const { origin } = await serveApp({ pages: page });
    expect(await send(`${origin}/healthz`)).toMatchObject({ status: 200, body: "ok\n" });
  });

  test("readiness names what is missing", async () => {
    const away = () => Promise.reject(new Error("away"));
    const { origin } = await serveApp({
      pages: page,
      checks: { database: () => true, listener: away },
    });
    const answer = await send(`${origin}/readyz`);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toEqual({
      status: "unavailable",
      checks: { database: true, listener: false },
    });
  });
});
