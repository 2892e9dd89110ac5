import { get, type IncomingMessage } from "node:http";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { chatsAsLiveSource } from "~/chats/live-source.server";
import { sessions } from "~/db/schema";
import { startLive } from "~/live/live.server";
import { registry } from "~/operations/metrics.server";
import { sql as connection, databaseUrl, db } from "../../test/database";
import { EventReader } from "../../test/event-reader";
import { makeChat, makeUser } from "../../test/factories";
import { say } from "../../test/sending";
import { send, serveApp } from "../../test/web";
import { connectionTaker } from "./connection-taker.server";
import { answerEvents } from "./events.server";
import { makeFront } from "./front.server";

const poll = { timeout: 10_000 };

/** @param url where to listen: in another database nothing is ever heard */
async function serveEvents(
  url = databaseUrl,
  way: "before the app" | "in the app" = "before the app",
) {
  const ended: { userId: string; reason?: string }[] = [];
  const caughtUp = new Set<string>();
  const source = chatsAsLiveSource(db);
  const live = await startLive({
    url,
    source: {
      ...source,
      arrived: (userId) => source.arrived(userId).then(() => void caughtUp.add(userId)),
    },
    maxStreams: 10,
    queueBytes: 1_048_576,
    onError: () => {},
    onStream: ({ open, userId, reason }) => void (open || ended.push({ userId, reason })),
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
  const open = async (token: string) => {
    const headers = { Cookie: `session=${token}`, "Accept-Encoding": "gzip, deflate, br, zstd" };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${origin}/events`, { headers, agent: false }, resolve).on("error", reject);
    });
    return new EventReader(response);
  };
  return { live, ended, caughtUp, origin, open };
}

test("HEAD is answered at once with what GET would say, and is no stream", async () => {
  const { origin, ended, open } = await serveEvents();
  const user = await makeUser(db);
  const { token } = await createSession(db, user.id);
  const head = (cookie?: string) =>
    send(`${origin}/events`, { method: "HEAD", headers: cookie ? { Cookie: cookie } : {} });
  const answer = await head(`session=${token}`);
  const reader = await open(token);
  await reader.start();
  const named = ["content-type", "cache-control", "x-accel-buffering"] as const;
  expect(answer.status).toBe(200);
  for (const name of named) {
    expect(answer.headers[name]).toBeDefined();
    expect(answer.headers[name]).toBe(reader.response.headers[name]);
  }
  expect(ended).toEqual([]);
  expect((await head()).status).toBe(401);
  expect((await head("session=unknown")).status).toBe(401);
});

/** Three people with a stream each: one whose session ends unheard, one whose expires, one who stays. */
async function openThree(url?: string) {
  const { live, ended, caughtUp, open } = await serveEvents(url);
  const [left, expired, staying] = await Promise.all(
    [0, 1, 2].map(async () => {
      const user = await makeUser(db);
      const session = await createSession(db, user.id);
      const reader = await open(session.token);
      // Until then a stream asks by itself whether its session still stands.
      await expect.poll(() => caughtUp.has(user.id), poll).toBe(true);
      return { reader, userId: user.id, sessionId: session.id };
    }),
  );
  if (!left || !expired || !staying) throw new Error("Three were asked for");
  await db.delete(sessions).where(eq(sessions.id, left.sessionId));
  await db
    .update(sessions)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(sessions.id, expired.sessionId));
  const theirs = [left, expired].map(({ userId }) => ({ userId, reason: "signed-out" }));
  const expectTheirEnd = async () => {
    await expect.poll(() => left.reader.closed && expired.reader.closed, poll).toBe(true);
    expect(ended).toHaveLength(2);
    expect(ended).toEqual(expect.arrayContaining(theirs));
    expect(staying.reader.closed).toBe(false);
  };
  return { live, ended, expectTheirEnd };
}

test("a session that ended unheard or expired ends its stream when sessions are looked at", async () => {
  const { live, ended, expectTheirEnd } = await openThree(new URL("/postgres", databaseUrl).href);
  await live.checkSessions();
  await expectTheirEnd();
  await live.checkSessions();
  expect(ended).toHaveLength(2);
});

test("sessions are looked at when the listener comes back", async () => {
  const { ended, expectTheirEnd } = await openThree();
  expect(ended).toEqual([]);
  await connection`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'parley listener' and datname = current_database()`;
  await expectTheirEnd();
});

test.each(["before the app", "in the app"] as const)(
  "%s an event is written at once, and packed or kept by nobody on the way",
  async (way) => {
    const { open } = await serveEvents(databaseUrl, way);
    const chat = await makeChat(db);
    const { token } = await createSession(db, chat.seller.id);
    const reader = await open(token);
    await reader.start();
    const { headers } = reader.response;
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    await say(db, chat.buyer, chat.id, "Hello");
    // Far less than what any buffer on the way would wait for.
    expect(await reader.changed(1)).toEqual([`${chat.id} 3 message.created`]);
  },
);

test("on shutdown streams end as they should, and new ones are sent elsewhere", async () => {
  const { live, ended, origin, open } = await serveEvents();
  const user = await makeUser(db);
  const { token } = await createSession(db, user.id);
  const reader = await open(token);
  await reader.start();
  let isCut = false;
  reader.response.on("aborted", () => {
    isCut = true;
  });
  await live.close();
  await expect.poll(() => reader.closed, poll).toBe(true);
  expect([ended, isCut]).toEqual([[{ userId: user.id, reason: "shutdown" }], false]);
  const late = await send(`${origin}/events`, { headers: { Cookie: `session=${token}` } });
  expect(late).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
});

test("streams are counted as they open and end, and why", async () => {
  const { live, open } = await serveEvents();
  const user = await makeUser(db);
  const { token } = await createSession(db, user.id);
  const counted = async () => {
    const text = await registry.metrics();
    const valueNamed = (name: string) =>
      Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length) ?? 0,
      );
    return {
      opened: valueNamed('parley_streams_opened_total{how="new"}'),
      shut: valueNamed('parley_streams_closed_total{reason="shutdown"}'),
      left: valueNamed('parley_streams_closed_total{reason="left"}'),
    };
  };
  const before = await counted();
  const [stays, leaves] = [await open(token), await open(token)];
  await Promise.all([stays.start(), leaves.start()]);
  leaves.cut();
  await expect.poll(async () => (await counted()).left - before.left, poll).toBe(1);
  await live.close();
  const after = await counted();
  expect([after.opened - before.opened, after.shut - before.shut]).toEqual([2, 1]);
  expect(await registry.metrics()).not.toContain(user.id);
});
