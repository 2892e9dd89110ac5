import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { JWK } from "jose";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { endSessionsOf, findSession } from "~/accounts/sessions.server";
import { chatsAsLiveSource } from "~/chats/live-source.server";
import { users } from "~/db/schema";
import { answerEvents } from "~/http/events.server";
import { signInClaims } from "~/integration/sso/claims.server";
import { startLive } from "~/live/live.server";
import { environment } from "~/operations/environment.server";
import text from "../docs/identity.md?raw";
import { databaseUrl, db } from "./database";
import { loadBlock, moduleNamesOf } from "./documents/load-block";
import { makeChat, makeSubject, makeUser } from "./factories";
import { makeKey } from "./hosts";
import { readRouteTable } from "./route-table";
import { say } from "./sending";
import { answerKeys, issuer, secret, serveKeys } from "./sign-in-links";
import { pagesOf, send, serveApp } from "./web";

const document = "identity.md";
const host = { SSO_ISSUER: issuer, SSO_SECRET: secret };

type Person = { id: string; name: string; email?: string };
type Links = { linkToChat: (person: Person, subject?: string) => Promise<string> };

let pages: Awaited<ReturnType<typeof pagesOf>>;
beforeAll(async () => {
  const { "routes/sso": sso, "routes/api": api } = await readRouteTable();
  if (!sso || !api) throw new Error("There are no such routes");
  pages = await pagesOf({ "routes/sso": sso, "routes/api": api });
});

/** Follows a link as a browser does. */
async function expectIn(link: string, person: Person, reference?: string) {
  const answer = await send(link);
  expect(answer.status, answer.body).toBe(303);
  const cookie = [answer.headers["set-cookie"] ?? []].flat().join();
  const session = await findSession(db, /session=([\w-]+)/.exec(cookie)?.[1] ?? null);
  expect(session?.viewer.name).toBe(person.name);
  const [row] = await db.select().from(users).where(eq(users.externalId, person.id));
  expect(row?.id).toBe(session?.viewer.id);
  expect(answer.headers.location).toMatch(reference ? /^\/chats\/[\da-f-]{36}$/ : /^\/chats$/);
}

function configure(settings: Partial<ReturnType<typeof environment>>) {
  const before = { ...environment() };
  Object.assign(environment(), settings);
  onTestFinished(() => void Object.assign(environment(), before));
}

const makePerson = () => ({ id: randomUUID(), name: "Mira", email: "mira@test.example" });

test("every code on the page runs below", () => {
  expect(moduleNamesOf(document)).toEqual([
    "link-with-jose.mjs",
    "link-with-node.mjs",
    "link-with-own-key.mjs",
    "ask-for-token.mjs",
    "read-events.mjs",
  ]);
});

test("the page has every claim", () => {
  const [, table = ""] = /### What a link says\n(.*?)\n#/s.exec(text) ?? [];
  const named = [...table.matchAll(/^\| (`\w+`(?:, `\w+`)*) /gm)].flatMap(([, names = ""]) =>
    names.replaceAll("`", "").split(", "),
  );
  expect(named.sort()).toEqual(["iss", "aud", ...Object.keys(signInClaims.shape)].sort());
});

test.each(["link-with-jose.mjs", "link-with-node.mjs"])("%s lets in", async (name) => {
  configure({ ssoSecret: secret, ssoIssuer: issuer });
  const { origin } = await serveApp({ pages });
  const { linkToChat } = await loadBlock<Links>(document, name, { ...host, PARLEY_URL: origin });
  const person = makePerson();
  await expectIn(await linkToChat(person), person);
  const { reference } = await makeSubject(db, await makeUser(db));
  await expectIn(await linkToChat(person, reference), person, reference);
});

test("link-with-own-key.mjs lets in", async () => {
  const { origin } = await serveApp({ pages });
  const { linkToChat, keySet } = await loadBlock<Links & { keySet: { keys: JWK[] } }>(
    document,
    "link-with-own-key.mjs",
    { ...host, PARLEY_URL: origin },
  );
  const { url } = await serveKeys(answerKeys(() => keySet.keys));
  configure({ ssoJwksUrl: url, ssoIssuer: issuer });
  const person = makePerson();
  await expectIn(await linkToChat(person), person);
});

test("ask-for-token.mjs gets a token with which read-events.mjs reads until it ends", async () => {
  const live = await startLive({
    url: databaseUrl,
    source: chatsAsLiveSource(db),
    maxStreams: 10,
    queueBytes: 1_048_576,
    onError: () => {},
  });
  onTestFinished(live.close);
  const { origin } = await serveApp({ pages, events: answerEvents(live) });
  const { id, buyer, seller } = await makeChat(db);
  await db.update(users).set({ externalId: randomUUID() }).where(eq(users.id, buyer.id));
  const { key } = await makeKey(db, ["users:write"]);

  type Tokens = { askForToken: (userId: string) => Promise<{ token: string }> };
  const { askForToken } = await loadBlock<Tokens>(document, "ask-for-token.mjs", {
    PARLEY_URL: origin,
    PARLEY_KEY: key,
  });
  type Event = { type: string; data: { message?: { body: string } } };
  type Reader = {
    readEvents: (
      address: string,
      token: string,
      onEvent: (event: Event) => void,
      lastId?: string,
    ) => Promise<string>;
  };
  const { readEvents } = await loadBlock<Reader>(document, "read-events.mjs");
  const { token } = await askForToken(buyer.id);
  const events: Event[] = [];
  const bodies = () => events.flatMap(({ data }) => data.message?.body ?? []);
  const reading = readEvents(origin, token, (event) => events.push(event));
  await expect.poll(() => events.length).toBeGreaterThan(0);
  await say(db, seller, id, "Hello");
  await expect.poll(bodies, { timeout: 10_000 }).toEqual(["Hello"]);
  await db.transaction((tx) => endSessionsOf(tx, buyer.id));
  const lastId = await reading;
  await expect(readEvents(origin, token, () => {})).rejects.toThrow("401");

  // Nothing is lost between two tokens.
  await say(db, seller, id, "Are you there?");
  const next = (await askForToken(buyer.id)).token;
  const again = readEvents(origin, next, (event) => events.push(event), lastId);
  await expect.poll(bodies, { timeout: 10_000 }).toEqual(["Hello", "Are you there?"]);
  await db.transaction((tx) => endSessionsOf(tx, buyer.id));
  await again;
});
