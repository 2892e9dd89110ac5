import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { startBuiltServer } from "~test/built-server";
import { db } from "~test/database";
import { EventReader } from "~test/event-reader";
import { makeKey } from "~test/hosts";

/** The program is built, and shares the machine with other tests. In ms. */
const patience = 120_000;
const soon = { timeout: 30_000 };

type Told = { type: string; data: Record<string, { id?: string; seq?: number; stage?: string }> };

/** The host's own server: keeps what it is told by whoever signs with the secret. */
async function receive() {
  const told: Told[] = [];
  const forged: string[] = [];
  const at = { secret: "" };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    try {
      const headers = request.headers as Record<string, string>;
      told.push(new Webhook(at.secret).verify(text, headers) as Told);
      response.writeHead(204).end();
    } catch {
      forged.push(text);
      response.writeHead(401).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/parley`;
  return { told, forged, at, url };
}

/** What the program says that anybody checks a transcript with. */
async function verify(transcript: string, keys: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "parley-transcript-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, key] = [join(folder, "transcript.json"), join(folder, "keys.json")];
  writeFileSync(file, transcript);
  writeFileSync(key, keys);
  const args = ["bin/parley-verify.mjs", file, "--key", key];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

type Send = { method?: string; body?: unknown; as: string };

test(
  "a marketplace does with Parley all that it needs from another process, by the API",
  async () => {
    const receiver = await receive();
    const parley = await startBuiltServer({ WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" });
    const { key } = await makeKey(db);
    const call = async (path: string, { method = "POST", body, as }: Send) => {
      const response = await fetch(`${parley.address}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${as}`, "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      expect([path, response.status < 300, text]).toEqual([path, true, text]);
      return text ? JSON.parse(text) : null;
    };
    const host = (path: string, body: unknown, method = "POST") =>
      call(path, { as: key, body, method });

    const types = ["chat.created", "message.created", "dispute.opened", "dispute.resolved"];
    const { secret } = await host("/webhooks", { url: receiver.url, eventTypes: types });
    receiver.at.secret = secret;

    const [sellerSays, buyerSays] = [`seller-${randomUUID()}`, `buyer-${randomUUID()}`];
    await host("/users", { externalId: sellerSays, name: "Sasha" });
    const buyer = await host("/users", { externalId: buyerSays, name: "Robin" });
    const reference = `order-${randomUUID()}`;
    const lamp = { title: "A lamp", price: { amount: 2_500, currency: "EUR" } };
    await host(`/subjects/${reference}`, { ...lamp, sellerExternalId: sellerSays }, "PUT");
    const chat = await host("/chats", { reference, buyerId: buyer.id });

    const { token } = await host("/tokens", { userId: buyer.id });
    const stream = await fetch(`${parley.address}/events`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!stream.body) throw new Error("There is no stream");
    const live = new EventReader(Readable.fromWeb(stream.body as never));
    onTestFinished(() => live.cut());
    await live.start();

    const clientId = randomUUID();
    const message = { clientId, type: "text", body: "Is the lamp still there?" };
    const sent = await call(`/chats/${chat.id}/messages`, { as: token, body: message });
    const again = await call(`/chats/${chat.id}/messages`, { as: token, body: message });
    expect(again).toEqual(sent);

    await host(`/subjects/${reference}`, { ...lamp, stage: "paid" }, "PUT");
    const paid = await call(`/chats/${chat.id}`, { as: token, method: "GET" });
    expect(paid).toMatchObject({ subject: { reference, stage: "paid" }, lastSeq: sent.seq + 1 });
    await expect
      .poll(() => live.named("message.created").map(({ data }) => Object(data.message).seq), soon)
      .toEqual([sent.seq, sent.seq + 1]);

    const claim = { reason: "not_received", wish: "refund", statement: "It never came." };
    const dispute = await call(`/chats/${chat.id}/disputes`, { as: token, body: claim });
    expect(dispute.status).toBe("open");
    const decision = { outcome: "buyer", text: "The lamp was lost: the money goes back." };
    const decided = await host(`/disputes/${dispute.id}`, decision, "PATCH");
    expect(decided).toMatchObject({ id: dispute.id, status: "resolved", outcome: "buyer" });

    // At least once, and in order for each chat.
    const messages = () =>
      receiver.told.flatMap(({ type, data }) =>
        type === "message.created" ? data.message?.seq : [],
      );
    await expect
      .poll(() => receiver.told.map(({ type }) => type), soon)
      .toContain("dispute.resolved");
    expect(receiver.told[0]).toMatchObject({
      type: "chat.created",
      data: { chat: { id: chat.id } },
    });
    const firstTimes = [...new Set(messages())];
    expect(firstTimes).toEqual(firstTimes.toSorted((a, b) => Number(a) - Number(b)));
    expect(messages()).toEqual(expect.arrayContaining([sent.seq, sent.seq + 1]));
    expect(receiver.forged).toEqual([]);

    const headers = { Authorization: `Bearer ${key}` };
    const file = `${parley.address}/api/v1/chats/${chat.id}/transcript`;
    const transcript = await (await fetch(file, { headers })).text();
    expect(transcript).toContain(message.body);
    const keys = await fetch(`${parley.address}/.well-known/parley-transcript-keys`);
    const verified = await verify(transcript, await keys.text());
    expect(verified).toContain("That is one of the keys given.");
  },
  patience,
);
