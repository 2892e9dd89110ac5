import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { patientReading } from "./patient-reading";

let network: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  network = new EventTarget();
  vi.stubGlobal("addEventListener", network.addEventListener.bind(network));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A network that answers what it is told, one by one, and then no more. */
function reading(...answers: (Response | Error)[]) {
  const asked = vi.fn(async (_what: unknown, init?: RequestInit) => {
    init?.signal?.throwIfAborted();
    const answer = answers.shift() ?? new TypeError("Failed to fetch");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const fetch = patientReading(asked, () => "/chats/one");
  const leaving = new AbortController();
  const read = (path = "/chats/one.data") => fetch(address(path), { signal: leaving.signal });
  return { asked, fetch, read, leave: () => leaving.abort() };
}

const address = (path: string) => new URL(path, "http://localhost");
const settle = () => vi.advanceTimersByTimeAsync(0);
const noNetwork = () => new TypeError("Failed to fetch");

test("a page that cannot be read again is read when there is a network", async () => {
  const { asked, read } = reading(noNetwork(), noNetwork(), new Response("page"));
  const answer = read("/chats/one.data?_routes=root");
  await settle();
  expect(asked).toHaveBeenCalledOnce();
  network.dispatchEvent(new Event("online"));
  await settle();
  expect(asked).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await (await answer).text()).toBe("page");
});

test("one that broke off, and one of a server that is away, are asked for again", async () => {
  const half = new ReadableStream({
    start: (body) => body.enqueue(new TextEncoder().encode("pa")),
    pull: (body) => body.error(noNetwork()),
  });
  const away = new Response("", { status: 503, headers: { "Retry-After": "20" } });
  const { asked, read } = reading(new Response(half), away, new Response("page"));
  const answer = read();
  await vi.advanceTimersByTimeAsync(19_000);
  expect(asked).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await (await answer).text()).toBe("page");
});

test("who has left the page meanwhile asks no more", async () => {
  const { asked, read, leave } = reading();
  const answer = read();
  const left = expect(answer).rejects.toThrow(/abort/i);
  await settle();
  leave();
  await vi.advanceTimersByTimeAsync(100_000);
  await left;
  expect(asked).toHaveBeenCalledTimes(2);
});

test("what failed for good, other pages, sends and what asks by itself are told at once", async () => {
  const failed = reading(new Response("", { status: 500 }));
  expect((await failed.read()).status).toBe(500);
  const { fetch, read } = reading();
  await expect(read("/chats/two.data")).rejects.toThrow("Failed to fetch");
  await expect(read("/events")).rejects.toThrow("Failed to fetch");
  await expect(fetch(address("/chats/one.data"))).rejects.toThrow("Failed to fetch");
  const { signal } = new AbortController();
  const sent = fetch(address("/chats/one.data"), { method: "POST", signal });
  await expect(sent).rejects.toThrow("Failed to fetch");
});
