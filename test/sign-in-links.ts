import { randomUUID } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type JWK, type JWTPayload, SignJWT } from "jose";
import { onTestFinished } from "vitest";

export const issuer = "https://market.test";
export const secret = "what a host and its Parley share, 32+";

type Said = Record<string, unknown> & { sub?: string };

/** What a link that is right says, and whatever is given; undefined leaves out. */
export function claimsFor(said: Said = {}): JWTPayload {
  const iat = Math.floor(Date.now() / 1_000);
  const person = { sub: `ext-${randomUUID()}`, name: "Somebody" };
  const claims = { iss: issuer, aud: "parley", jti: randomUUID(), iat, exp: iat + 60, ...person };
  return JSON.parse(JSON.stringify({ ...claims, ...said }));
}

type Key = Parameters<SignJWT["sign"]>[0];

export function signLink(
  said: Said = {},
  key: Key = new TextEncoder().encode(secret),
  header: { alg: string; kid?: string } = { alg: "HS256" },
): Promise<string> {
  return new SignJWT(claimsFor(said)).setProtectedHeader(header).sign(key);
}

/** The host's server, which publishes its keys. */
export async function serveKeys(listener: RequestListener) {
  let asked = 0;
  const server = createServer((req, res) => {
    asked += 1;
    listener(req, res);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/keys`, asked: () => asked, close };
}

export const answerKeys =
  (keys: () => JWK[]): RequestListener =>
  (_req, res) =>
    void res.setHeader("Content-Type", "application/json").end(JSON.stringify({ keys: keys() }));
