import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveEvent } from "./event-stream";
import { keepStream, type StreamState } from "./stream";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server whose answers the test gives, one for each time that the stream is opened. */
function open() {
  const asked: { path: string; answer: (answer: Response | Error) => void; signal: AbortSignal }[] =
    [];
  const states: StreamState[] = [];
  const events: LiveEvent[] = [];
  const fetch = ((path: string, { signal }: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      const gone = () => reject(new DOMException("", "AbortError"));
      signal?.addEventListener("abort", gone);
      const answer = (given: Response | Error) =>
        given instanceof Error ? reject(given) : resolve(given);
      asked.push({ path, answer, signal: signal as AbortSignal });
    })) as typeof globalThis.fetch;
  const stream = keepStream({
    cursor: () => events.at(-1)?.id ?? "start",
    onEvents: (some) => void events.push(...some),
    onState: (state) => void states.push(state),
    fetch,
  });
  /** The stream is open; what is written to it comes, until it is cut. */
  async function accept() {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (its) => {
        controller = its;
      },
    });
    const { answer, signal } = asked.at(-1) ?? {};
    signal?.addEventListener("abort", () => controller?.error(new Error("cut")));
    answer?.(new Response(body, { headers: { "Content-Type": "text/event-stream" } }));
    await settle();
    return {
      write: async (text: string) => {
        controller?.enqueue(new TextEncoder().encode(text));
        await settle();
      },
      cut: async () => {
        controller?.close();
        await settle();
      },
    };
  }
  const refuse = async (given: Response | Error) => {
    asked.at(-1)?.answer(given);
    await settle();
  };
  return { stream, asked, states, events, accept, refuse };
}

/** Streams hand on their pieces over several turns. */
async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(0);
}

const one = 'id: after one\nevent: message.created\ndata: {"n":1}\n\n';

test("a stream that is cut goes on after its last event", async () => {
  const { asked, states, events, accept } = open();
  const first = await accept();
  await first.write(one);
  await first.cut();
  expect(states).toEqual(["open", "down"]);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(asked.map(({ path }) => path)).toEqual([
    "/events?lastEventId=start",
    "/events?lastEventId=after%20one",
  ]);
  await accept();
  expect(states.at(-1)).toBe("open");
  expect(events).toHaveLength(1);
});

test("one that says nothing for 40 seconds is dead, and a heartbeat is enough to live", async () => {
  const { asked, accept } = open();
  const { write } = await accept();
  await vi.advanceTimersByTimeAsync(39_000);
  await write(": beat\n\n");
  await vi.advanceTimersByTimeAsync(39_000);
  expect(asked[0]?.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked[0]?.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(asked).toHaveLength(2);
});

test("one that never answers is given up too", async () => {
  const { asked } = open();
  await vi.advanceTimersByTimeAsync(41_500);
  expect(asked).toHaveLength(2);
});

test("who is signed out is told so, and nobody asks again", async () => {
  const { asked, states, refuse } = open();
  await refuse(new Response(null, { status: 401 }));
  await vi.advanceTimersByTimeAsync(600_000);
  expect([states, asked.length]).toEqual([["signed-out"], 1]);
});

test.each([
  ["a server that fails", () => new Response(null, { status: 500 })],
  ["a page in the stream's place", () => new Response("<html>")],
  ["no network", () => new TypeError("Failed to fetch")],
])("%s is asked again, ever rarer, and at once on a new network", async (_, answer) => {
  const { stream, asked, states, refuse } = open();
  for (let tries = 1; tries <= 8; tries += 1) {
    await refuse(answer());
    const before = Date.now();
    while (asked.length === tries) await vi.advanceTimersByTimeAsync(100);
    expect(Date.now() - before).toBeLessThanOrEqual(45_000);
  }
  await refuse(answer());
  await vi.advanceTimersByTimeAsync(14_000);
  expect(asked).toHaveLength(9);
  stream.wake(true);
  expect(asked).toHaveLength(10);
  expect(new Set(states)).toEqual(new Set(["down"]));
});

test("a server that says when to come back is left alone until then", async () => {
  const { asked, refuse } = open();
  await refuse(new Response(null, { status: 429, headers: { "Retry-After": "20" } }));
  await vi.advanceTimersByTimeAsync(19_900);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(2);
});

test("who comes back to a stream that lives leaves it alone; one that slept is opened anew", async () => {
  const { stream, asked, accept } = open();
  await accept();
  stream.wake();
  expect(asked).toHaveLength(1);
  vi.setSystemTime(Date.now() + 60_000);
  stream.wake();
  expect(asked).toHaveLength(2);
});

test("a closed one stays closed", async () => {
  const { stream, asked, accept, states } = open();
  await accept();
  stream.close();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([asked.length, states]).toEqual([1, ["open"]]);
});
