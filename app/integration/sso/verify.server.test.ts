import { randomUUID } from "node:crypto";
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { answerKeys, claimsFor, issuer, secret, serveKeys, signLink } from "~test/sign-in-links";
import { hostKeys } from "./host-keys.server";
import { verifySignIn } from "./verify.server";

const meant = { issuer, audiences: ["parley", "https://chat.test"] };
const shared = hostKeys({ secret });
const now = () => Math.floor(Date.now() / 1_000);
const verify = (token: string, keys = shared) => verifySignIn(token, keys, meant);
const said = async (claims: Record<string, unknown>) => verify(await signLink(claims));
const wrong = (why: string) => ({ refused: "wrong", why });

/** A host with key pairs of its own, which it publishes. */
async function makeHost(algorithms: string[], timing = {}) {
  const pairs = await Promise.all(
    algorithms.map(async (alg) => {
      const pair = await generateKeyPair(alg, { extractable: true });
      return { ...pair, alg, kid: randomUUID() };
    }),
  );
  const published = await Promise.all(
    pairs.map(async ({ publicKey, alg, kid }) => ({ ...(await exportJWK(publicKey)), alg, kid })),
  );
  const served = { keys: published };
  const server = await serveKeys(answerKeys(() => served.keys));
  const times = { timeoutMs: 3_000, pauseMs: 30_000, freshMs: 600_000, ...timing };
  const keys = hostKeys({ secret, keysUrl: server.url }, times);
  const sign = (at = 0, claims = {}, header = {}) => {
    const { privateKey, alg, kid } = pairs[at] ?? {};
    if (!privateKey || !alg) throw new Error("There is no such key");
    return signLink(claims, privateKey, { alg, kid, ...header });
  };
  return { pairs, published, served, server, keys, sign };
}

test("a link that the host signed with the secret says who it is", async () => {
  const claims = { verified: true, deals_done: 7, email: "Mira@Example.com", redirectTo: "/x" };
  expect(await said({ ...claims, sub: "u-1", jti: "j-1", subject: "order-1" })).toMatchObject({
    claims: { sub: "u-1", jti: "j-1", name: "Somebody", verified: true, deals_done: 7 },
  });
  expect(await said({ aud: "https://chat.test" })).toHaveProperty("claims");
  expect(await said({ aud: ["https://other.test", "parley"] })).toHaveProperty("claims");
});

test.each(["RS256", "ES256", "EdDSA"])(
  "a link that it signed with a key of its own by %s does, too",
  async (alg) => {
    const { keys, sign } = await makeHost(["RS256", "ES256", "EdDSA"]);
    const at = ["RS256", "ES256", "EdDSA"].indexOf(alg);
    expect(await verify(await sign(at), keys)).toHaveProperty("claims");
    // Both are allowed beside each other.
    expect(await verify(await signLink(), keys)).toHaveProperty("claims");
  },
);

test("what nobody signed, or another, is no link", async () => {
  expect(await verify(new UnsecuredJWT(claimsFor()).encode())).toEqual(
    wrong("ERR_JOSE_ALG_NOT_ALLOWED"),
  );
  const other = new TextEncoder().encode("another secret of at least 32 characters");
  expect(await verify(await signLink({}, other))).toEqual(
    wrong("ERR_JWS_SIGNATURE_VERIFICATION_FAILED"),
  );
  const [head, , seal] = (await signLink()).split(".");
  const body = Buffer.from(JSON.stringify(claimsFor({ sub: "admin" }))).toString("base64url");
  expect(await verify(`${head}.${body}.${seal}`)).toMatchObject({ refused: "wrong" });
  expect(await verify(`${head}.${body}.`)).toMatchObject({ refused: "wrong" });
});

test.each(["HS384", "HS512"])("%s is no algorithm of ours", async (alg) => {
  const key = new TextEncoder().encode(secret.padEnd(64, "x"));
  const keys = hostKeys({ secret: secret.padEnd(64, "x") });
  expect(await verify(await signLink({}, key, { alg }), keys)).toEqual(
    wrong("ERR_JOSE_ALG_NOT_ALLOWED"),
  );
});

test("a public key is never taken for a secret", async () => {
  const { pairs, published, keys, server } = await makeHost(["RS256"]);
  const [pair] = pairs;
  if (!pair) throw new Error("There is no key");
  const onlyPublic = hostKeys({ keysUrl: server.url });
  const pem = await exportSPKI(pair.publicKey);
  for (const text of [pem, pem.trim(), JSON.stringify(published[0]), published[0]?.n ?? ""]) {
    const forged = await signLink({}, new TextEncoder().encode(text), {
      alg: "HS256",
      kid: pair.kid,
    });
    expect(await verify(forged, keys)).toMatchObject({ refused: "wrong" });
    expect(await verify(forged, onlyPublic)).toEqual(wrong("ERR_JOSE_ALG_NOT_ALLOWED"));
  }
});

test("where there is a secret alone, no key that a link names or carries is asked for", async () => {
  const { sign, server, pairs } = await makeHost(["ES256"]);
  const jku = { jku: server.url, jwk: await exportJWK(pairs[0]?.publicKey as CryptoKey) };
  expect(await verify(await sign(0, {}, jku))).toEqual(wrong("ERR_JOSE_ALG_NOT_ALLOWED"));
  expect(server.asked()).toBe(0);
});

test("a link that demands what we do not know is refused", async () => {
  const key = new TextEncoder().encode(secret);
  const payload = new TextEncoder().encode(JSON.stringify(claimsFor()));
  const unknown = await new CompactSign(payload)
    .setProtectedHeader({ alg: "HS256", crit: ["x"], x: 1 })
    .sign(key, { crit: { x: true } });
  expect(await verify(unknown)).toEqual(wrong("ERR_JOSE_NOT_SUPPORTED"));
});

test.each([
  ["another issuer's", { iss: "https://evil.test" }, wrong("iss")],
  ["one without an issuer", { iss: undefined }, wrong("iss")],
  ["one for somebody else", { aud: "https://other.test" }, wrong("aud")],
  ["one for nobody", { aud: undefined }, wrong("aud")],
  ["one that is not valid yet", { nbf: now() + 100 }, wrong("nbf")],
  ["one that never ends", { exp: undefined }, { refused: "claims", why: "exp" }],
  ["one from nowhen", { iat: undefined }, { refused: "claims", why: "iat" }],
  ["one that could be used twice", { jti: undefined }, { refused: "claims", why: "jti" }],
  ["one about nobody", { sub: undefined }, { refused: "claims", why: "sub" }],
  ["an expired one", { iat: now() - 100, exp: now() - 40 }, { refused: "expired", why: "exp" }],
  ["one that lasts too long", { exp: now() + 400 }, { refused: "claims", why: "exp" }],
  [
    "one made too long ago",
    { iat: now() - 400, exp: now() + 60 },
    { refused: "expired", why: "iat" },
  ],
  ["one of the future", { iat: now() + 60, exp: now() + 90 }, { refused: "claims", why: "iat" }],
  [
    "one that ends before it begins",
    { iat: now(), exp: now() - 1 },
    { refused: "claims", why: "exp" },
  ],
])("%s is refused", async (_name, claims, refusal) => {
  expect(await said(claims)).toEqual(refusal);
});

test("clocks may differ by half a minute", async () => {
  expect(await said({ iat: now() + 20, exp: now() + 60 })).toHaveProperty("claims");
  expect(await said({ iat: now() - 60, exp: now() - 20 })).toHaveProperty("claims");
  expect(await said({ iat: now() + 0.5, exp: now() + 299.5 })).toHaveProperty("claims");
});

test.each([
  ["sub", ""],
  ["sub", 7],
  ["sub", "x".repeat(201)],
  ["sub", "a\0b"],
  ["jti", ""],
  ["jti", "x".repeat(201)],
  ["jti", "a\0b"],
  ["jti", "\ud800"],
  ["name", ""],
  ["name", "\u202e\u200b"],
  ["name", "x".repeat(81)],
  ["name", { toString: "x" }],
  ["email", "nobody"],
  ["verified", "yes"],
  ["deals_done", -1],
  ["deals_done", 1e300],
  ["deals_done", "7"],
  ["suspended", 1],
  ["suspended", null],
  ["redirectTo", ["/"]],
  ["subject", "a\0b"],
  ["iat", "1"],
  ["exp", "1"],
])("%s cannot be %j", async (claim, value) => {
  expect(await said({ [claim]: value })).toMatchObject({ refused: "claims", why: claim });
});

test("what it says beside that is not read", async () => {
  const outcome = await said({ role: "admin", id: randomUUID(), __proto__: { isVerified: true } });
  expect(outcome).toHaveProperty("claims");
  expect(JSON.stringify(outcome)).not.toContain("admin");
});

test.each(["", "x", "a.b", "a.b.c", "....", "a.b.c.d.e", "\0", "ey.ey.ey", "x".repeat(16_384)])(
  "%j is no token",
  async (token) => {
    expect(await verify(token)).toMatchObject({ refused: "wrong" });
  },
);

test("what is signed and no object of claims is no token", async () => {
  for (const text of ["[]", "null", "7", '"x"', "{", ""]) {
    const token = await new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
    expect(await verify(token)).toMatchObject({ refused: "wrong" });
  }
});

test("a key that the host does not publish is no key of its", async () => {
  const { sign, keys, server } = await makeHost(["ES256"]);
  expect(await verify(await sign(), keys)).toHaveProperty("claims");
  for (let at = 0; at < 5; at += 1) {
    const kid = randomUUID();
    expect(await verify(await sign(0, {}, { kid }), keys)).toEqual(
      wrong("ERR_JWKS_NO_MATCHING_KEY"),
    );
  }
  // Made-up keys do not make us ask again and again.
  expect(server.asked()).toBe(1);
});

test("a key signs by its own algorithm alone", async () => {
  const { pairs, keys } = await makeHost(["ES256"]);
  const rsa = await generateKeyPair("RS256");
  const token = await signLink({}, rsa.privateKey, { alg: "RS256", kid: pairs[0]?.kid });
  expect(await verify(token, keys)).toEqual(wrong("ERR_JWKS_NO_MATCHING_KEY"));
});

test("a new key of the host is known when it is used first, and one that it took back is not", async () => {
  const { served, published, sign, keys } = await makeHost(["ES256", "ES256"], {
    pauseMs: 0,
    freshMs: 0,
  });
  served.keys = published.slice(0, 1);
  expect(await verify(await sign(0), keys)).toHaveProperty("claims");
  served.keys = published.slice(1);
  expect(await verify(await sign(1), keys)).toHaveProperty("claims");
  expect(await verify(await sign(0), keys)).toEqual(wrong("ERR_JWKS_NO_MATCHING_KEY"));
});

test("a new key is looked for while the set is still fresh", async () => {
  const { served, published, sign, keys } = await makeHost(["ES256", "ES256"], { pauseMs: 0 });
  served.keys = published.slice(0, 1);
  expect(await verify(await sign(0), keys)).toHaveProperty("claims");
  served.keys = published;
  expect(await verify(await sign(1), keys)).toHaveProperty("claims");
});

test("while the host's keys are away nobody knows, and those who come are let in again after", async () => {
  const { sign, server, keys, published } = await makeHost(["ES256"]);
  server.close();
  expect(await verify(await sign(), keys)).toMatchObject({ refused: "unreachable" });
  // The secret needs nobody.
  expect(await verify(await signLink(), keys)).toHaveProperty("claims");
  let isAway = true;
  const back = await serveKeys((req, res) => {
    if (isAway) return void res.writeHead(500).end("secret stack");
    answerKeys(() => published)(req, res);
  });
  const other = hostKeys({ keysUrl: back.url });
  const token = await sign();
  expect(await verify(token, other)).toMatchObject({ refused: "unreachable" });
  isAway = false;
  expect(await verify(token, other)).toHaveProperty("claims");
});

const never = () => {};
test.each<[string, Parameters<typeof serveKeys>[0]]>([
  ["hang", never],
  ["come too slowly", (_req, res) => void res.writeHead(200).write('{"keys":[')],
  ["are huge", (_req, res) => void res.end(`{"keys":[],"x":"${"x".repeat(200_000)}"}`)],
  ["are no JSON", (_req, res) => void res.end("<html>")],
  ["are no keys", (_req, res) => void res.end('{"keys":{}}')],
  ["have moved", (_req, res) => void res.writeHead(302, { Location: "http://evil.test" }).end()],
  ["break off", (req) => void req.socket.destroy()],
])("keys that %s are keys that cannot be had", async (_name, listener) => {
  const { url } = await serveKeys(listener);
  const times = { timeoutMs: 300, pauseMs: 30_000, freshMs: 600_000 };
  const { sign } = await makeHost(["ES256"]);
  const outcome = await verify(await sign(), hostKeys({ keysUrl: url }, times));
  expect(outcome).toMatchObject({ refused: "unreachable" });
  expect(JSON.stringify(outcome)).not.toContain(url);
});

test("a key of the host that nothing can be checked with is no key", async () => {
  const { sign, pairs } = await makeHost(["RS256"]);
  const small = { kty: "RSA", n: "AQAB", e: "AQAB", alg: "RS256", kid: pairs[0]?.kid };
  const { url } = await serveKeys(answerKeys(() => [small]));
  const outcome = await verify(await sign(), hostKeys({ keysUrl: url }));
  expect(outcome).toHaveProperty("refused");
});

test("a token signed for something else with the same secret is no link", async () => {
  const token = await new SignJWT({ sub: "u-1", scope: "all" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(issuer)
    .setExpirationTime("1m")
    .sign(new TextEncoder().encode(secret));
  expect(await verify(token)).toEqual(wrong("aud"));
});
