import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { db } from "~test/database";
import { makeChat } from "~test/factories";
import { startReceiver } from "~test/webhook-receiver";
import { makeEndpoint, tellAll } from "~test/webhooks";
import { eventTypes } from "./event-types";

const document = readFileSync("docs/webhooks.md", "utf8");
const blocksOf = (language: string) =>
  [...document.matchAll(new RegExp(`\u0060{3}${language}\n(.*?)\u0060{3}`, "gs"))].map(
    ([, code = ""]) => code,
  );

type Reader = (secret: string, headers: Record<string, string>, body: string) => unknown;

/** Beside the packages, so that what the document imports is found. */
async function load(code: string): Promise<Reader> {
  const folder = mkdtempSync(join("node_modules", ".webhook-docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "block.mjs");
  writeFileSync(file, code);
  const block = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return block.readWebhook;
}

test.each([0, 1])(
  "what docs/webhooks.md verifies with takes what is sent, and nothing else (%i)",
  async (at) => {
    const readWebhook = await load(blocksOf("js")[at] ?? "");
    const host = await startReceiver();
    const endpoint = await makeEndpoint(db, host.url);
    await makeChat(db);
    await tellAll(db, endpoint);
    const [one] = host.received;
    if (!one) throw new Error("Nothing arrived");
    const { headers, body, told } = one;
    expect(readWebhook(endpoint.secret, headers, body)).toEqual(told);
    const other = (await makeEndpoint(db, host.url)).secret;
    expect(() => readWebhook(other, headers, body)).toThrow();
    expect(() => readWebhook(endpoint.secret, headers, `${body} `)).toThrow();
    const old = { ...headers, "webhook-timestamp": "1700000000" };
    expect(() => readWebhook(endpoint.secret, old, body)).toThrow();
  },
);

test("docs/webhooks.md names every event, and its example is one", () => {
  const named = [...document.matchAll(/^\| `([a-z_.]+)` /gm)].map(([, name]) => name);
  expect(named).toEqual([...eventTypes]);
  for (const example of blocksOf("json")) {
    expect(eventTypes).toContain(JSON.parse(example).type);
  }
});
