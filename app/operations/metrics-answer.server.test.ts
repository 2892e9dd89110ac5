import { expect, test } from "vitest";
import { send, serveApp } from "~test/web";
import { answerMetrics } from "./metrics-answer.server";

const token = "a token of sixteen";

async function ask(
  headers: Record<string, string> = {},
  options: { token?: string; trustProxy?: number } = {},
) {
  const { origin } = await serveApp({
    pages: (_req, res) => void res.status(404).end("no page"),
    metrics: answerMetrics({ token: options.token, read: async () => "up 1\n" }),
    trustProxy: options.trustProxy,
  });
  return send(`${origin}/metrics`, { headers });
}

test("a program on this machine reads the metrics, with and without a token set", async () => {
  for (const options of [{}, { token }, { trustProxy: 1 }]) {
    const { status, headers, body } = await ask({}, options);
    expect([status, headers["content-type"], body]).toEqual([
      200,
      expect.stringMatching(/^text\/plain;.* version=0\.0\.4/),
      "up 1\n",
    ]);
  }
});

test.for([
  { "x-forwarded-for": "203.0.113.9" },
  { "x-forwarded-for": "127.0.0.1" },
  { forwarded: "for=127.0.0.1" },
  { "x-real-ip": "127.0.0.1" },
  { host: "chat.example.com" },
  { host: "localhost.example.com" },
])("a proxy on this machine opens them to nobody: %o", async (forwarded) => {
  const headers = Object.fromEntries(Object.entries(forwarded));
  for (const trustProxy of [undefined, 1, 2]) {
    const { status, body } = await ask(headers, { trustProxy });
    expect([status, body]).toEqual([404, "no page"]);
  }
  const refused = await ask(headers, { token });
  expect([refused.status, refused.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
});

test("from elsewhere it takes the token, and nothing like it", async () => {
  const elsewhere = { "x-forwarded-for": "203.0.113.9" };
  const withToken = (given: string) =>
    ask({ ...elsewhere, authorization: given }, { token }).then(({ status }) => status);
  expect(await withToken(`Bearer ${token}`)).toBe(200);
  for (const given of [`Bearer ${token}x`, "Bearer ", "Bearer", token, `Basic ${token}`]) {
    expect(await withToken(given)).toBe(401);
  }
  const { status } = await ask({ ...elsewhere, authorization: "Bearer undefined" });
  expect(status).toBe(404);
});
