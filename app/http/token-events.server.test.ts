import { randomUUID } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { createSession, endSessionsOf } from "~/accounts/sessions.server";
import { chatsAsLiveSource } from "~/chats/live-source.server";
import { apiOrigins, users } from "~/db/schema";
import { createUserToken } from "~/integration/tokens/create-user-token.server";
import { startLive } from "~/live/live.server";
import { imposeSanction } from "~/moderation/people/sanctions.server";
import { databaseUrl, db } from "~test/database";
import { EventReader } from "~test/event-reader";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { serveApp } from "~test/web";
import { connectionTaker } from "./connection-taker.server";
import { answerEvents } from "./events.server";
import { makeFront } from "./front.server";

const poll = { timeout: 10_000 };
const host = { keyId: randomUUID(), keyName: "A market" };

/** One process of several that know of each other through the database alone. */
async function serveEvents(way: "before the app" | "in the app" = "in the app") {
  const live = await startLive({
    url: databaseUrl,
    source: chatsAsLiveSource(db),
    maxStreams: 10,
    queueBytes: 1_048_576,
    onError: () => {},
  });
  onTestFinished(live.close);
  const { origin } = await serveApp({
    pages: (_req, res) => void res.status(404).end(),
    events: answerEvents(live),
    front: (app, server) => {
      if (way === "in the app") return app;
      const events = answerEvents(live, connectionTaker(server));
      return makeFront({ app, events, chatPost: async () => {} });
    },
  });
  return async (headers: Record<string, string>, method = "GET") => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${origin}/events`, { headers, method, agent: false }, resolve);
      asked.on("error", reject).end();
    });
    return new EventReader(response);
  };
}

/** A chat whose buyer came from the host, with a token. */
async function makeGuestChat() {
  const chat = await makeChat(db);
  const userId = chat.buyer.id;
  await db.update(users).set({ externalId: randomUUID() }).where(eq(users.id, userId));
  const bearer = async () => {
    const made = await createUserToken(db, host, { userId });
    if (!made || !("token" in made)) throw new Error("No token was made");
    return { Authorization: `Bearer ${made.token}` };
  };
  return { ...chat, bearer };
}

test("a user token opens its person's stream on every instance", async () => {
  const instances = [await serveEvents(), await serveEvents()];
  const { id, seller, buyer, bearer } = await makeGuestChat();
  const token = await bearer();
  const readers = await Promise.all(instances.map((open) => open(token)));
  for (const reader of readers) {
    await reader.start();
    expect(reader.events[0]?.data.userId).toBe(buyer.id);
  }
  await say(db, seller, id, "Hello");
  for (const reader of readers) await expect.poll(() => reader.changes.length, poll).toBe(1);
});

test.each([
  [
    "signing out everywhere",
    ({ id }: { id: string }) => db.transaction((tx) => endSessionsOf(tx, id)),
  ],
  [
    "a ban",
    async ({ id: userId }: { id: string }) => {
      const moderator = await makeUser(db, { role: "moderator" });
      const ban = { id: randomUUID(), userId, kind: "ban", reason: "Cash" } as const;
      await imposeSanction(db, moderator, ban);
    },
  ],
])("%s ends its streams on every instance", async (_name, end) => {
  const instances = [await serveEvents(), await serveEvents()];
  const { buyer, bearer } = await makeGuestChat();
  const token = await bearer();
  const readers = await Promise.all(instances.map((open) => open(token)));
  for (const reader of readers) await reader.start();
  await end(buyer);
  for (const reader of readers) await expect.poll(() => reader.closed, poll).toBe(true);
  for (const open of instances) expect((await open(token)).status).toBe(401);
});

test("the stream of a token that had to make room ends", async () => {
  const open = await serveEvents();
  const { bearer } = await makeGuestChat();
  const reader = await open(await bearer());
  await reader.start();
  for (let at = 0; at < 20; at += 1) await bearer();
  await expect.poll(() => reader.closed, poll).toBe(true);
});

test("where a token is shown no cookie counts, whoever it is of", async () => {
  const open = await serveEvents();
  const { buyer, seller, bearer } = await makeGuestChat();
  const cookie = { Cookie: `session=${(await createSession(db, seller.id)).token}` };
  const both = await open({ ...cookie, ...(await bearer()) });
  await both.start();
  expect(both.events[0]?.data.userId).toBe(buyer.id);
  for (const Authorization of ["Bearer x", "Bearer", "bearer a b"]) {
    expect((await open({ ...cookie, Authorization })).status).toBe(401);
  }
  for (const Authorization of ["", "Basic x"]) {
    expect((await open({ ...cookie, Authorization })).status).toBe(200);
  }
});

test("a cookie's token in the header, and a user token in the cookie, open nothing", async () => {
  const open = await serveEvents();
  const { buyer, bearer } = await makeGuestChat();
  const { token } = await createSession(db, buyer.id);
  const { Authorization } = await bearer();
  expect((await open({ Authorization: `Bearer ${token}` })).status).toBe(401);
  expect((await open({ Cookie: `session=${Authorization.slice(7)}` })).status).toBe(401);
});

test.each(["before the app", "in the app"] as const)(
  "%s pages of an origin that an admin listed read the stream by a token, others and cookies do not",
  async (way) => {
    const open = await serveEvents(way);
    const { seller, bearer } = await makeGuestChat();
    const Origin = `https://${randomUUID()}.example`;
    const { id: createdBy } = await makeUser(db, { role: "admin" });
    await db.insert(apiOrigins).values({ origin: Origin, createdBy });
    const asks = {
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "authorization,last-event-id",
    };
    const allowed = ({ response }: EventReader) => response.headers["access-control-allow-origin"];

    const before = await open({ Origin, ...asks }, "OPTIONS");
    expect([before.status, allowed(before)]).toEqual([204, Origin]);
    const { headers } = before.response;
    expect(headers["access-control-allow-headers"]).toMatch(/Authorization.*Last-Event-ID/);
    expect(headers["access-control-allow-credentials"]).toBeUndefined();
    const reader = await open({ Origin, ...(await bearer()) });
    await reader.start();
    expect([reader.status, allowed(reader)]).toEqual([200, Origin]);
    // So that the page sees that its token ended.
    const ended = await open({ Origin, Authorization: "Bearer x" });
    expect([ended.status, allowed(ended)]).toEqual([401, Origin]);

    const Cookie = `session=${(await createSession(db, seller.id)).token}`;
    expect(allowed(await open({ Origin, Cookie }))).toBeUndefined();
    const other = { Origin: "https://elsewhere.example" };
    expect(allowed(await open({ ...other, ...(await bearer()) }))).toBeUndefined();
    expect(allowed(await open({ ...other, ...asks }, "OPTIONS"))).toBeUndefined();
  },
);
