import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { signIn, startBuiltServer } from "~test/built-server";
import { databaseUrl, db } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";

const patience = { timeout: 100_000 };

test("streams spread over the processes, and one that crashes takes only its own along", {
  timeout: 300_000,
}, async () => {
  const server = await startBuiltServer({ WEB_PROCESSES: "2" });
  const readMetrics = async () => text(await server.ask("/metrics", { agent: false }));
  const { id, buyer, seller } = await makeChat(db);
  const cookie = await signIn(db, seller);
  const streams: EventReader[] = [];
  for (let count = 0; count < 6; count += 1) streams.push(await server.openStream(cookie));
  await Promise.all(streams.map((stream) => stream.start()));
  await vi.waitUntil(() => server.said("stream opened").length === 6, patience);
  const opened = Map.groupBy(server.said("stream opened"), ({ pid }) => pid);
  expect(opened.size).toBe(2);
  for (const lines of opened.values()) expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(new Set(server.said("stream opened").map(({ instance }) => instance)).size).toBe(2);

  const asked = /^parley_http_request_duration_seconds_count\{.*route="\/healthz".*\} (\d+)$/m;
  const health = async () => Number(asked.exec(await readMetrics())?.[1] ?? 0);
  for (let count = 0; count < 4; count += 1) {
    await text(await server.ask("/healthz", { agent: false }));
  }
  await vi.waitUntil(async () => (await health()) === 4, patience);
  expect(await readMetrics()).toMatch(/^parley_web_processes 2$/m);

  const [[victim, lost]] = [...opened] as [[number, unknown[]]];
  process.kill(victim, "SIGKILL");
  const closed = () => streams.filter((stream) => stream.closed).length;
  await vi.waitUntil(() => closed() === lost.length, patience);
  await say(db, buyer, id, "Still there?");
  const others = streams.filter((stream) => !stream.closed);
  await Promise.all(others.map((stream) => stream.changed(1)));
  // The one that took its place answers too, and nothing that was counted is gone.
  await vi.waitUntil(async () => {
    const metrics = await readMetrics();
    return (
      /^parley_web_process_crashes_total 1$/m.test(metrics) &&
      /^parley_web_processes 2$/m.test(metrics)
    );
  }, patience);
  expect(await health()).toBe(4);
  expect(closed()).toBe(lost.length);
});

test("no line of the log holds what people wrote, searched or hold as a secret", {
  timeout: 300_000,
}, async () => {
  const canary = `canary${randomUUID().replaceAll("-", "")}`;
  const server = await startBuiltServer({
    WEB_PROCESSES: "1",
    LOG_LEVEL: "trace",
    METRICS_TOKEN: `${canary}metrics`,
    SSO_SECRET: `${canary}${canary}`,
    SSO_ISSUER: "https://market.example",
    LIMIT_MESSAGE_CHARACTERS: "100",
  });
  const { id, buyer, seller } = await makeChat(db);
  const cookie = await signIn(db, buyer);
  const stream = await server.openStream(await signIn(db, seller));
  await stream.start();
  const post = async (path: string, form: Record<string, string>, accept: string) => {
    const answer = await server.ask(path, { cookie, form, headers: { accept }, agent: false });
    return [answer.statusCode, await text(answer)];
  };
  const message = (body: string) => ({ intent: "send", clientId: randomUUID(), body });
  for (const accept of ["application/json", "text/html"]) {
    const [status] = await post(`/chats/${id}`, message(canary), accept);
    expect([200, 303]).toContain(status);
    expect((await post(`/chats/${id}`, message(canary.repeat(9)), accept))[0]).toBe(422);
    await post(`/chats/${id}`, { ...message(canary), clientId: canary }, accept);
    await post(`/chats/${id}`, { ...message(canary), intent: canary }, accept);
    await post(`/chats/${canary}`, message(canary), accept);
  }
  await post("/login", { email: `${canary}@test.example`, password: canary }, "text/html");
  const paths = [`/chats?q=${canary}`, `/chats.data?q=${canary}`, `/events?lastEventId=${canary}`];
  paths.push(`/sso?token=${canary}`, `/api/v1/chats?q=${canary}`);
  for (const path of [...paths, "/metrics"]) {
    const bearer = { authorization: `Bearer ${canary}metrics` };
    // Where one is shown to a stream no cookie counts.
    const isBearer = path === "/metrics" || path.startsWith("/api/");
    const headers = { "x-forwarded-for": "203.0.113.9", ...(isBearer && bearer) };
    const answer = await server.ask(path, { cookie, headers, agent: false });
    if (path.startsWith("/events")) answer.destroy();
    else await text(answer);
  }
  await stream.changed(2);
  stream.cut();
  await vi.waitUntil(() => server.said("stream closed").length === 2, patience);
  await server.stop();

  const log = server.output.join("\n");
  // A chat's address is in the log, so that what names no chat may be there as a path, and nowhere else.
  expect(log.replaceAll(`"path":"/chats/${canary}"`, "")).not.toContain(canary);
  expect(log).not.toContain(cookie.slice("session=".length));
  expect(log).not.toContain(new URL(databaseUrl).password);
  expect(server.said("stream opened")[0]).toMatchObject({
    userId: seller.id,
    instance: expect.any(String),
  });
  expect(server.said("stream closed").map(({ reason }) => reason)).toContain("left");
  for (const line of server.said("request")) expect(line.instance).toEqual(expect.any(String));
});
