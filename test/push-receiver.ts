import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { decrypt } from "http_ece";
import type { PushPayload } from "~/notifications/push/payload";

export type TakenPush = { path: string; headers: IncomingHttpHeaders; payload: PushPayload };

export type PushReceiver = Awaited<ReturnType<typeof receivePushes>>;

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/**
 * A push service on loopback. It decrypts what it gets as the browser would (RFC 8291), and takes
 * nothing whose sender does not prove who it is (RFC 8292).
 *
 * @param port a free one by default
 */
export async function receivePushes(port = 0) {
  const taken: TakenPush[] = [];
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>();
  const service = {
    taken,
    /** What it answers instead of taking a push, while that is set. */
    answer: undefined as Answer | undefined,
    /** It takes the push and then cuts the line. */
    isCutting: false,
    /** It takes the push and says nothing. */
    isSilent: false,
    /** What happens when it took a push and did not say so yet. */
    beforeAnswer: undefined as (() => Promise<void>) | undefined,
    asked: 0,
  };
  const server = createServer(async (req, res) => {
    service.asked += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    if (service.answer) {
      res.writeHead(service.answer.status, service.answer.headers).end(service.answer.body);
      return;
    }
    const browser = browsers.get(req.url ?? "");
    if (!browser) return void res.writeHead(410).end();
    const fault = faultOf(req.headers, `http://${req.headers.host}`);
    if (fault) return void res.writeHead(403).end(fault);
    const { ecdh, auth } = browser;
    const text = decrypt(Buffer.concat(chunks), {
      version: "aes128gcm",
      privateKey: ecdh,
      authSecret: auth.toString("base64url"),
    });
    taken.push({ path: req.url ?? "", headers: req.headers, payload: JSON.parse(String(text)) });
    await service.beforeAnswer?.();
    if (service.isCutting) res.destroy();
    else if (!service.isSilent) res.writeHead(201, { Location: "/receipt" }).end();
  });
  server.listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(service, {
    origin,
    close() {
      server.closeAllConnections();
      server.close();
    },
    newBrowser() {
      const path = `/push/${randomBytes(16).toString("base64url")}`;
      const [ecdh, auth] = [createECDH("prime256v1"), randomBytes(16)];
      const p256dh = ecdh.generateKeys().toString("base64url");
      browsers.set(path, { ecdh, auth });
      return { endpoint: `${origin}${path}`, p256dh, auth: auth.toString("base64url") };
    },
    /** What one browser got, in order. */
    of({ endpoint }: { endpoint: string }): PushPayload[] {
      const { pathname } = new URL(endpoint);
      return taken.filter(({ path }) => path === pathname).map(({ payload }) => payload);
    },
  });
}

/** @returns what is wrong with the sender's proof */
function faultOf(headers: IncomingHttpHeaders, audience: string): string | null {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? "") ?? [];
  if (!token || !key) return "no proof";
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const isSigned = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isSigned) return "not signed by its key";
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
  if (aud !== audience) return "for another service";
  const seconds = exp - Date.now() / 1000;
  if (!(seconds > 0 && seconds <= 24 * 60 * 60)) return "not of today";
  return /^(mailto:|https:)/.test(sub) ? null : "nobody to complain to";
}
