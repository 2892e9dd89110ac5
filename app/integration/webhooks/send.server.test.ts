import type { ServerResponse } from "node:http";
import { beforeEach, expect, test, vi } from "vitest";
import { postOutside } from "~/http/outgoing/post.server";
import { environment } from "~/operations/environment.server";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { startReceiver } from "~test/webhook-receiver";
import { makeEndpoint } from "~test/webhooks";
import { claimNext } from "./claim.server";
import { attempt, type Means } from "./send.server";
import { followChanges } from "./tail.server";

beforeEach(async () => {
  await sql`delete from webhook_endpoints`;
});

/** One attempt at an endpoint, which something is due for. */
async function tryOnce(url: string, means: Means = {}) {
  const endpoint = await makeEndpoint(db, "https://market.example.com/webhooks");
  await sql`update webhook_endpoints set url = ${url} where id = ${endpoint.id}`;
  await makeChat(db);
  await followChanges(db);
  const claimed = await claimNext(db, endpoint.id);
  if (!claimed) throw new Error("Nothing was due");
  return attempt(db, claimed, means);
}

test("who does not answer in time has failed, also when he began to", async () => {
  const host = await startReceiver();
  host.answer = () => true;
  const silent = await tryOnce(host.url, { timeoutMs: 300 });
  expect(silent).toMatchObject({ status: null, error: "No answer in time" });
  host.answer = (res) => res.writeHead(500).write("slow") !== undefined;
  const slow = await tryOnce(host.url, { timeoutMs: 300 });
  expect(slow).toMatchObject({ status: 500, answer: "slow" });
});

test("of an answer without an end so much is read, and less is kept", async () => {
  const host = await startReceiver();
  let read = 0;
  let isEnded = false;
  host.answer = (res: ServerResponse) => {
    const more = () => {
      while (!res.destroyed && res.write("x".repeat(1_000))) read += 1_000;
    };
    res.on("drain", more).on("close", () => {
      isEnded = true;
    });
    res.writeHead(200);
    more();
    return true;
  };
  const attempted = await tryOnce(host.url);
  expect(attempted).toMatchObject({ status: 200 });
  expect(attempted?.answer).toHaveLength(1_000);
  await vi.waitUntil(() => isEnded);
  // What the sockets of both sides hold beside the 64 kB that are read.
  expect(read).toBeLessThan(20_000_000);
});

test("what an answer holds that no text may is left out of what is kept", async () => {
  const host = await startReceiver();
  host.answer = (res) =>
    res.writeHead(200).end(Buffer.from([0x61, 0, 0xff, 0xed, 0xa0, 0x80, 0x62])) !== undefined;
  expect((await tryOnce(host.url))?.answer).toBe("ab");
});

test.each([301, 302, 303, 307, 308])(
  "a redirect (%i) is a failure, and followed nowhere",
  async (status) => {
    const [host, inside] = [await startReceiver(), await startReceiver()];
    // Only the first one is allowed now.
    const allowed = environment().webhookAllowedHosts;
    environment().webhookAllowedHosts = allowed.filter((one) => host.url.includes(one));
    host.answer = (res) => res.writeHead(status, { Location: inside.url }).end() !== undefined;
    expect(await tryOnce(host.url)).toMatchObject({ status });
    expect(host.received).toHaveLength(1);
    expect(inside.received).toEqual([]);
    environment().webhookAllowedHosts = allowed;
  },
);

test.each([
  ["a private one", ["10.0.0.1"]],
  ["loopback", ["127.0.0.1"]],
  ["link-local", ["169.254.169.254"]],
  ["of a carrier", ["100.64.0.1"]],
  ["of many", ["224.0.0.1"]],
  ["IPv6 loopback", ["::1"]],
  ["IPv4 in IPv6", ["::ffff:10.0.0.1"]],
  ["NAT64", ["64:ff9b::a00:1"]],
  ["6to4", ["2002:a00:1::"]],
  ["Teredo", ["2001:0:a00:1::"]],
  ["a public and a private one", ["93.184.215.14", "192.168.0.1"]],
  ["none", []],
])("nothing is dialled where the host's address is %s", async (_, addresses) => {
  const lookUp = async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  expect(await tryOnce("https://market.example.com/webhooks", { lookUp })).toMatchObject({
    status: null,
    error: "The host has an address that is not public",
  });
});

test.each(["https://localhost:1/", "https://2130706433:1/", "https://[::ffff:127.0.0.1]:1/"])(
  "also an address that came into the table is looked at: %s",
  async (url) => {
    expect(await tryOnce(url)).toMatchObject({
      error: "The host has an address that is not public",
    });
  },
);

test("a host that is not allowed any more gets nothing without TLS", async () => {
  const host = await startReceiver();
  const allowed = environment().webhookAllowedHosts;
  environment().webhookAllowedHosts = [];
  expect(await tryOnce(host.url)).toMatchObject({
    status: null,
    error: expect.stringMatching(/https/),
  });
  expect(host.received).toEqual([]);
  environment().webhookAllowedHosts = allowed;
});

test("DNS is asked once, and what it said then is dialled, whatever it says the next time", async () => {
  const asked: string[] = [];
  const answers = ["93.184.215.14", "127.0.0.1"];
  const host = await startReceiver();
  const url = new URL(host.url);
  url.hostname = "rebinding.example.com";
  const lookUp = async (name: string) => {
    asked.push(name);
    return [{ address: answers[asked.length - 1] ?? "127.0.0.1", family: 4 }];
  };
  const stopping = AbortSignal.timeout(300);
  const sending = postOutside({
    ...{ url, headers: {}, body: Buffer.from("{}"), mayBePrivate: false },
    ...{ timeoutMs: 5_000, maxAnswerBytes: 1_000, signal: stopping, lookUp },
  });
  await expect(sending).rejects.toThrow();
  expect(asked).toEqual(["rebinding.example.com"]);
  expect(host.received).toEqual([]);
});

test("a process that has to stop leaves what is under way to another, as if it had not tried", async () => {
  const host = await startReceiver();
  const stopping = new AbortController();
  host.answer = () => {
    stopping.abort();
    return true;
  };
  expect(await tryOnce(host.url, { signal: stopping.signal })).toBeNull();
});
