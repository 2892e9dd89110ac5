import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PostAnswer } from "~/http/client/post-form";
import type { Message } from "../message";
import { Outbox, type OutboxNote, type Pending, type SendAnswer } from "./outbox";

type Answer = PostAnswer<SendAnswer>;
const sent = (seq: number): Answer => ({
  status: 200,
  retryAfter: 0,
  data: { sent: { seq } as Message },
});
const status = (status: number, retryAfter = 0): Answer => ({ status, retryAfter });
const nothing = status(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Answers when the test says so. */
function slowServer() {
  const asked: { fields: Record<string, string>; answer: (answer: Answer) => void }[] = [];
  const post = (_path: string, fields: Record<string, string>) =>
    new Promise<Answer>((answer) => asked.push({ fields, answer }));
  const bodies = () => asked.map(({ fields }) => fields.body);
  return { asked, post, bodies };
}

/** What outlives pages. */
function browserStore() {
  const kept = new Map<string, Pending>();
  return {
    kept,
    load: async () => [...kept.values()],
    put: async (item: Pending) => void kept.set(item.clientId, item),
    remove: async (clientId: string) => void kept.delete(clientId),
  };
}

async function leading(server = slowServer(), store = browserStore()) {
  const stored: Message[] = [];
  const onSent = (message: Message) => void stored.push(message);
  const outbox = new Outbox({ userId: "me", store, onSent, post: server.post });
  outbox.lead(true);
  await vi.advanceTimersByTimeAsync(0);
  return { outbox, store, stored, ...server };
}

const soon = () => vi.advanceTimersByTimeAsync(0);
const write = (outbox: Outbox, ...bodies: string[]) => {
  for (const body of bodies) outbox.send({ chatId: "chat", body });
};

test("messages leave one at a time, in the order in which they were written", async () => {
  const { outbox, asked, bodies } = await leading();
  write(outbox, "one", "two", "three");
  for (const at of [0, 1, 2]) {
    expect(asked).toHaveLength(at + 1);
    asked[at]?.answer(sent(at + 1));
    await soon();
  }
  expect(bodies()).toEqual(["one", "two", "three"]);
});

test("chats do not wait for each other", async () => {
  const { outbox, bodies } = await leading();
  outbox.send({ chatId: "one chat", body: "one" });
  outbox.send({ chatId: "another", body: "two" });
  expect(bodies()).toEqual(["one", "two"]);
});

test("what found no server is sent again by itself, first, under the same client id", async () => {
  const { outbox, asked, bodies } = await leading();
  write(outbox, "one", "two");
  asked[0]?.answer(nothing);
  await soon();
  expect([outbox.isHeldUp, outbox.pending[0]?.failed]).toEqual([true, null]);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(asked[1]?.fields).toMatchObject({
    body: "one",
    attempt: "2",
    clientId: asked[0]?.fields.clientId,
  });
  asked[1]?.answer(sent(1));
  await soon();
  expect(outbox.isHeldUp).toBe(false);
  expect(bodies()).toEqual(["one", "one", "two"]);
});

test.each([0, 401, 408, 429, 500, 502, 503, 302, 200])("%i is no decision", async (code) => {
  const { outbox, asked } = await leading();
  write(outbox, "one");
  asked[0]?.answer(status(code));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(asked).toHaveLength(2);
  expect(outbox.pending[0]?.failed).toBeNull();
});

test("a server that says when to come back is left alone until then", async () => {
  const { outbox, asked } = await leading();
  write(outbox, "one");
  asked[0]?.answer(status(429, 20_000));
  await vi.advanceTimersByTimeAsync(19_999);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(2);
});

test("tries grow rarer to one in about half a minute, and a connection ends the wait", async () => {
  const { outbox, asked } = await leading();
  write(outbox, "one");
  for (let tries = 1; tries <= 10; tries += 1) {
    expect(asked).toHaveLength(tries);
    asked.at(-1)?.answer(nothing);
    await vi.advanceTimersByTimeAsync(45_000);
  }
  asked.at(-1)?.answer(nothing);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(asked).toHaveLength(11);
  outbox.wake();
  await soon();
  expect(asked).toHaveLength(12);
});

test.each([
  [422, { refused: { id: "chat.body.empty" } }, "chat.body.empty"],
  [404, { refused: { id: "error.notFoundText" } }, "error.notFoundText"],
  [413, undefined, "chat.notAccepted"],
] as const)("%i says why, waits for the sender, and holds up nobody", async (code, data, id) => {
  const { outbox, asked, bodies } = await leading();
  write(outbox, "one", "two");
  asked[0]?.answer({ status: code, retryAfter: 0, data });
  await soon();
  expect(outbox.pending[0]?.failed?.id).toBe(id);
  asked[1]?.answer(sent(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bodies()).toEqual(["one", "two"]);
  outbox.retry(asked[0]?.fields.clientId ?? "");
  expect(asked[2]?.fields.clientId).toBe(asked[0]?.fields.clientId);
});

test("what a closed tab left is sent by the next, older ones first, as what it was", async () => {
  const first = await leading();
  write(first.outbox, "one", "two");
  expect(first.store.kept.size).toBe(2);
  const next = await leading(slowServer(), first.store);
  write(next.outbox, "three");
  for (const at of [0, 1, 2]) {
    next.asked[at]?.answer(sent(at + 1));
    await soon();
  }
  expect(next.bodies()).toEqual(["one", "two", "three"]);
  expect(next.asked[0]?.fields.clientId).toBe(first.asked[0]?.fields.clientId);
  expect(next.store.kept.size).toBe(0);
});

test("nothing leaves before what this browser kept is known", async () => {
  const server = slowServer();
  const { promise, resolve } = Promise.withResolvers<Pending[]>();
  const store = { ...browserStore(), load: () => promise };
  const outbox = new Outbox({ userId: "me", store, onSent: () => {}, post: server.post });
  outbox.lead(true);
  write(outbox, "new");
  expect(server.asked).toHaveLength(0);
  const old = { clientId: "old", chatId: "chat", body: "old", createdAt: "2026-01-01T00:00:00Z" };
  resolve([{ ...old, askedAt: Date.now(), attempts: 1, sent: null, failed: null }]);
  await soon();
  expect(server.bodies()).toEqual(["old"]);
});

test("what waited for more than a day is not sent by itself, and not dropped", async () => {
  const { outbox, asked } = await leading();
  write(outbox, "one");
  asked[0]?.answer(status(503, 25 * 3_600_000));
  await vi.advanceTimersByTimeAsync(25 * 3_600_000);
  expect(asked).toHaveLength(1);
  expect(outbox.pending[0]?.failed).toEqual({ id: "chat.tooOld" });
  outbox.retry(asked[0]?.fields.clientId ?? "");
  expect(asked).toHaveLength(2);
});

test("every message says whose it is", async () => {
  const { outbox, asked } = await leading();
  write(outbox, "one");
  expect(asked[0]?.fields.sender).toBe("me");
});

test("what was stored stays until its chat shows it", async () => {
  const { outbox, asked, stored } = await leading();
  write(outbox, "one");
  asked[0]?.answer(sent(7));
  await soon();
  expect(outbox.pending[0]?.sent?.seq).toBe(7);
  expect(stored).toHaveLength(1);
  outbox.discard(outbox.pending[0]?.clientId ?? "");
  expect(outbox.pending).toHaveLength(0);
});

test("a message that is deleted on its way shows when the server has it, and is not sent again", async () => {
  const { outbox, asked, stored, store } = await leading();
  write(outbox, "one");
  outbox.discard(asked[0]?.fields.clientId ?? "");
  asked[0]?.answer(sent(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked.length, stored.length, outbox.pending.length, store.kept.size]).toEqual([
    1, 1, 0, 0,
  ]);
});

test("of two tabs one sends what both write, and both know what became of it", async () => {
  const [one, server] = [await leading(), slowServer()];
  const other = new Outbox({
    userId: "me",
    store: one.store,
    onSent: () => {},
    post: server.post,
  });
  const copy = (note: OutboxNote) => structuredClone(note);
  one.outbox.share = (note) => other.receive(copy(note));
  other.share = (note) => one.outbox.receive(copy(note));
  write(other, "from the other");
  expect([one.asked.length, server.asked.length]).toEqual([1, 0]);
  one.asked[0]?.answer(nothing);
  await soon();
  expect(other.isHeldUp).toBe(true);
  await vi.advanceTimersByTimeAsync(1_500);
  one.asked[1]?.answer(sent(3));
  await soon();
  expect(other.pending[0]?.sent?.seq).toBe(3);

  write(one.outbox, "on its way when the tab dies");
  one.outbox.share = () => {};
  other.lead(true);
  await soon();
  expect(server.asked[0]?.fields.clientId).toBe(one.asked[2]?.fields.clientId);
});

test("a tab that lost the lead sends no more", async () => {
  const { outbox, asked } = await leading();
  write(outbox, "one", "two");
  outbox.lead(false);
  asked[0]?.answer(sent(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
});
