import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { onTestFinished } from "vitest";
import { environment } from "~/operations/environment.server";

type Told = { type: string; timestamp: string; data: Record<string, unknown> };

export type Received = {
  id: string;
  headers: Record<string, string>;
  body: string;
  told: Told;
};

/**
 * A host marketplace that takes webhooks on loopback, as the operator allows it, until the test is
 * over. What it answers is the test's; without that it takes everything.
 */
export async function startReceiver() {
  const received: Received[] = [];
  const receiver = {
    received,
    url: "",
    /** Of those for which it is true nothing is answered by itself. */
    answer: (_res: ServerResponse, _received: Received): boolean => false,
    types: () => received.map(({ told }) => told.type),
    /** @throws where the signature is not of this secret */
    verify: (one: Received, secret: string) => new Webhook(secret).verify(one.body, one.headers),
  };
  const server = createServer(async (req, res) => {
    const one = await read(req);
    received.push(one);
    if (!receiver.answer(res, one)) res.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  receiver.url = `http://127.0.0.1:${port}/webhooks`;
  const allowed = environment().webhookAllowedHosts;
  environment().webhookAllowedHosts = [...allowed, `127.0.0.1:${port}`];
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}

async function read(req: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
  );
  return { id: headers["webhook-id"] ?? "", headers, body, told: JSON.parse(body) as Told };
}
