import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection } from "./connection";
import type { LiveEvent } from "./event-stream";

// Web Locks and BroadcastChannel are Node's own; what a browser has besides is made here.
let view: EventTarget & { visibilityState: string };
let server: ReturnType<typeof eventServer>;
let ends: (() => void)[];
let user = 0;

beforeEach(() => {
  view = Object.assign(new EventTarget(), { visibilityState: "visible" });
  vi.stubGlobal("document", view);
  vi.stubGlobal("window", new EventTarget());
  server = eventServer();
  vi.stubGlobal("fetch", server.fetch);
  ends = [];
  user += 1;
});
afterEach(() => {
  for (const end of ends) end();
  vi.unstubAllGlobals();
});

/** Streams of all that is published, each from its cursor on, as `/events` gives them. */
function eventServer() {
  const log: { text: string; cursor: string }[] = [];
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const state = { opened: 0, isSignedIn: true, userId: "" };
  const encode = (text: string) => new TextEncoder().encode(text);
  const cursorAt = (at: number) => `e~${at + 10}:${at + 10}:`;
  async function fetch(path: string, { signal }: RequestInit) {
    state.opened += 1;
    if (!state.isSignedIn) return new Response(null, { status: 401 });
    const asked = new URL(path, "http://localhost").searchParams.get("lastEventId");
    let mine: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        mine = controller;
        streams.add(controller);
        const hello = { userId: state.userId || String(user), epoch: "e" };
        const missed = log.slice(log.findIndex(({ cursor }) => cursor === asked) + 1);
        const text = missed.map((event) => event.text).join("");
        controller.enqueue(encode(`event: hello\ndata: ${JSON.stringify(hello)}\n\n${text}`));
      },
    });
    signal?.addEventListener("abort", () => {
      if (mine) streams.delete(mine);
      mine?.error(new Error("aborted"));
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }
  function publish(n: number) {
    const cursor = cursorAt(log.length + 1);
    const text = `id: ${cursor}\nevent: message.created\ndata: ${JSON.stringify({ n })}\n\n`;
    log.push({ text, cursor });
    for (const stream of streams) stream.enqueue(encode(text));
  }
  /** How far somebody came: a state, which has no cursor of its own. */
  function tell(seq: number) {
    const text = `event: chat.delivered\ndata: ${JSON.stringify({ seq })}\n\n`;
    for (const stream of streams) stream.enqueue(encode(text));
  }
  function cut() {
    for (const stream of streams) stream.close();
    streams.clear();
  }
  const now = () => cursorAt(log.length);
  return { fetch, publish, tell, cut, now, streams, state };
}

/** A tab whose page was rendered at a cursor. */
function openTab(cursor = server.now()) {
  const seen: number[] = [];
  const delivered: number[] = [];
  const notes: unknown[] = [];
  const reloads = vi.fn();
  const take = ({ event, data }: LiveEvent) => {
    if (event === "message.created") seen.push(data.n);
    if (event === "chat.delivered") delivered.push(data.seq);
  };
  const connection = new Connection(String(user), cursor, { event: take, resync: reloads });
  connection.onNote((note) => notes.push(note));
  const close = connection.start();
  ends.push(close);
  return { connection, seen, delivered, notes, reloads, close };
}

const isOpen = ({ connection }: ReturnType<typeof openTab>) =>
  vi.waitFor(() => expect(connection.state).toBe("open"));

test("two tabs share one stream, and each is told of everything", async () => {
  const first = openTab();
  await isOpen(first);
  server.publish(1);
  const second = openTab();
  await isOpen(second);
  server.publish(2);
  await vi.waitFor(() => expect(second.seen).toContain(2));
  await vi.waitFor(() => expect(first.seen).toEqual([1, 2]));
  expect(server.state.opened).toBe(1);
});

test("a tab whose page is older than what it hears is told what it missed", async () => {
  const first = openTab();
  await isOpen(first);
  const rendered = server.now();
  for (const n of [1, 2, 3]) server.publish(n);
  await vi.waitFor(() => expect(first.seen).toEqual([1, 2, 3]));
  const second = openTab(rendered);
  server.publish(4);
  await vi.waitFor(() => expect(second.seen).toEqual([1, 2, 3, 4]));
  expect(second.reloads).not.toHaveBeenCalled();
});

test("a tab that opens is told of states that came since its page was read", async () => {
  const first = openTab();
  await isOpen(first);
  server.publish(1);
  await vi.waitFor(() => expect(first.seen).toEqual([1]));
  const rendered = server.now();
  server.tell(1);
  await vi.waitFor(() => expect(first.delivered).toEqual([1]));
  const second = openTab(rendered);
  await vi.waitFor(() => expect(second.delivered).toEqual([1]));
  expect(second.reloads).not.toHaveBeenCalled();
});

test("a state that comes while a tab asks after its leader is not lost", async () => {
  const [first, second] = [openTab(), openTab()];
  await Promise.all([isOpen(first), isOpen(second)]);
  server.publish(1);
  await vi.waitFor(() => expect(second.seen).toEqual([1]));
  // The leader has told it on its channel by then, and the other tab did not take it yet.
  first.connection.onEvent(() => second.connection.checkLeader());
  server.tell(1);
  await vi.waitFor(() => expect(second.delivered).toContain(1));
});

test("a tab whose page is older than all that is known here reads it anew", async () => {
  const rendered = server.now();
  server.publish(1);
  const first = openTab();
  await isOpen(first);
  const second = openTab(rendered);
  await vi.waitFor(() => expect(second.reloads).toHaveBeenCalledOnce());
  server.publish(2);
  await vi.waitFor(() => expect(second.seen).toEqual([2]));
});

test("when the tab with the stream closes, another goes on where it was itself", async () => {
  const first = openTab();
  await isOpen(first);
  const [second, third] = [openTab(), openTab()];
  await Promise.all([isOpen(second), isOpen(third)]);
  server.publish(1);
  for (const tab of [second, third]) await vi.waitFor(() => expect(tab.seen).toEqual([1]));
  first.close();
  server.publish(2);
  for (const tab of [second, third]) await vi.waitFor(() => expect(tab.seen).toEqual([1, 2]));
  await vi.waitFor(() => expect(server.streams.size).toBe(1));
  expect([second, third].filter(({ connection }) => connection.isLeading)).toHaveLength(1);
});

test("a page that the browser keeps aside lets go, and catches up when it is shown again", async () => {
  const only = openTab();
  await isOpen(only);
  window.dispatchEvent(new Event("pagehide"));
  expect(server.streams.size).toBe(0);
  const other = openTab();
  await vi.waitFor(() => expect(other.connection.isLeading).toBe(true));
  server.publish(1);
  await vi.waitFor(() => expect(other.seen).toEqual([1]));
  other.close();
  window.dispatchEvent(new Event("pageshow"));
  await vi.waitFor(() => expect(only.seen).toEqual([1]));
});

test("a tab in view takes over from one that does not answer", async () => {
  // What a frozen tab does: it holds the lock and says nothing.
  const { promise, resolve } = Promise.withResolvers<void>();
  const name = `parley live ${user}`;
  const frozen = navigator.locks.request(name, () => promise).catch(() => "taken");
  const tab = openTab();
  expect(tab.connection.state).toBe("connecting");
  await vi.waitFor(() => expect(tab.connection.state).toBe("open"), 10_000);
  expect(await frozen).toBe("taken");
  resolve();
});

test("a tab out of view waits its turn", async () => {
  view.visibilityState = "hidden";
  const frozen = Promise.withResolvers<void>();
  void navigator.locks.request(`parley live ${user}`, () => frozen.promise);
  const tab = openTab();
  await vi.waitFor(async () => {
    const { pending } = await navigator.locks.query();
    expect(pending?.map(({ name }) => name)).toContain(`parley live ${user}`);
  });
  expect(server.state.opened).toBe(0);
  frozen.resolve();
  await isOpen(tab);
});

test("who is signed out hears it in every tab, and signing in again brings all of them back", async () => {
  const [first, second] = [openTab(), openTab()];
  await Promise.all([isOpen(first), isOpen(second)]);
  server.state.isSignedIn = false;
  server.cut();
  for (const { connection } of [first, second]) {
    await vi.waitFor(() => expect(connection.state).toBe("signed-out"), 10_000);
  }
  server.state.isSignedIn = true;
  server.publish(1);
  window.dispatchEvent(new Event("focus"));
  for (const tab of [first, second]) {
    await isOpen(tab);
    await vi.waitFor(() => expect(tab.seen).toEqual([1]));
  }
});

test("a stream of somebody else who signed in on this browser shows nothing here", async () => {
  server.state.userId = "somebody else";
  const cursor = server.now();
  server.publish(1);
  const tab = openTab(cursor);
  await vi.waitFor(() => expect(tab.connection.state).toBe("signed-out"));
  server.publish(2);
  expect([tab.seen, server.streams.size]).toEqual([[], 0]);
});

test("what one tab tells the others reaches them, and not itself", async () => {
  const [first, second] = [openTab(), openTab()];
  await Promise.all([isOpen(first), isOpen(second)]);
  first.connection.tell({ n: 1 });
  await vi.waitFor(() => expect(second.notes).toEqual([{ n: 1 }]));
  expect(first.notes).toEqual([]);
});

test("without locks each tab has a stream of its own", async () => {
  vi.stubGlobal("navigator", {});
  const [first, second] = [openTab(), openTab()];
  await Promise.all([isOpen(first), isOpen(second)]);
  server.publish(1);
  for (const tab of [first, second]) await vi.waitFor(() => expect(tab.seen).toEqual([1]));
  expect(server.state.opened).toBe(2);
});
