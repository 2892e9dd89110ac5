import { expect, test } from "vitest";
import { db } from "~test/database";
import { readBlocks } from "~test/documents/blocks";
import { loadBlock, moduleNamesOf } from "~test/documents/load-block";
import { makeChat } from "~test/factories";
import { startReceiver } from "~test/webhook-receiver";
import { makeEndpoint, tellAll } from "~test/webhooks";
import text from "../../../docs/webhooks.md?raw";
import { eventTypes } from "./event-types";

const document = "webhooks.md";

type Verifier = {
  readWebhook: (secret: string, headers: Record<string, string>, body: string) => unknown;
};

test("every module on the page is tried below", () => {
  expect(moduleNamesOf(document)).toEqual(["read-with-package.mjs", "read-with-node.mjs"]);
});

test.each(["read-with-package.mjs", "read-with-node.mjs"])(
  "%s takes what is sent, and nothing else",
  async (name) => {
    const { readWebhook } = await loadBlock<Verifier>(document, name);
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
  const named = [...text.matchAll(/^\| `([a-z_.]+)` /gm)].map(([, name]) => name);
  expect(named).toEqual([...eventTypes]);
  for (const { language, text: example } of readBlocks(document)) {
    if (language === "json") expect(eventTypes).toContain(JSON.parse(example).type);
  }
});
