import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "~/chats/message";
import { makeCaller, patienceMs } from "./caller";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const me = "me";
const message = (body: string, fields: object = {}) =>
  ({
    id: body,
    body,
    chatId: "c",
    seq: 1,
    type: "text",
    sender: { id: "anna" },
    ...fields,
  }) as Message;

/** A page of somebody who wants sounds, where nothing keeps anything from calling. */
function makePage() {
  const page = {
    rings: 0,
    shown: [] as (string | null)[],
    asked: 0,
    isNews: true,
    inView: "another chat",
    isLeading: true,
    may: { toast: true, sound: true } as { toast: boolean; sound: boolean } | null,
    whileAsking: () => {},
  };
  const caller = makeCaller({
    userId: me,
    isNews: () => page.isNews,
    isInView: ({ chatId }) => chatId === page.inView,
    ask: async () => {
      page.asked += 1;
      page.whileAsking();
      return page.may;
    },
    isLeading: () => page.isLeading,
    ring: () => {
      page.rings += 1;
    },
    show: ({ body }) => page.shown.push(body),
  });
  const hear = async (...messages: Message[]) => {
    for (const one of messages) caller.came(one);
    await vi.advanceTimersByTimeAsync(patienceMs);
  };
  return Object.assign(page, { caller, hear });
}

test("a message of another chat than the open one is shown and rings once, and of many at once the last", async () => {
  const page = makePage();
  await page.hear(message("One"));
  expect([page.shown, page.rings]).toEqual([["One"], 1]);
  await page.hear(message("Two"), message("Three"), message("Four"));
  expect([page.shown, page.rings]).toEqual([["One", "Four"], 2]);
});

test("one's own messages, and what a chat says of itself, call nobody", async () => {
  const page = makePage();
  await page.hear(message("Mine", { sender: { id: me } }));
  await page.hear(message("Closed", { type: "system" }));
  await page.hear(message("Nobody's", { sender: null }));
  expect([page.shown, page.rings, page.asked]).toEqual([[], 0, 0]);
});

test("what the host marketplace says calls as a message of somebody does", async () => {
  const page = makePage();
  await page.hear(message("Sent", { type: "system", sender: null, event: { kind: "host" } }));
  expect([page.shown, page.rings]).toEqual([["Sent"], 1]);
});

test("nobody is called for a chat that is open before his eyes, nor for what he reads meanwhile", async () => {
  const page = makePage();
  page.inView = "c";
  await page.hear(message("Here"));
  expect(page.asked).toBe(0);
  page.inView = "another chat";
  page.caller.came(message("Read on the phone"));
  page.isNews = false;
  await vi.advanceTimersByTimeAsync(patienceMs);
  expect(page.asked).toBe(0);
  page.isNews = true;
  page.whileAsking = () => {
    page.inView = "c";
  };
  await page.hear(message("Opened at that moment"));
  expect([page.shown, page.rings]).toEqual([[], 0]);
});

test("what the server refuses is neither shown nor heard", async () => {
  const page = makePage();
  for (const may of [{ toast: false, sound: false }, null]) {
    page.may = may;
    await page.hear(message("Muted"));
  }
  expect([page.shown, page.rings, page.asked]).toEqual([[], 0, 2]);
  page.may = { toast: true, sound: false };
  await page.hear(message("Without a sound"));
  expect([page.shown, page.rings]).toEqual([["Without a sound"], 0]);
});

test("of a browser's tabs one rings, also one behind others, and only the one in view shows", async () => {
  const [leading, seen] = [makePage(), makePage()];
  seen.isLeading = false;
  await seen.hear(message("Hello"));
  vi.stubGlobal("document", { hidden: true });
  await leading.hear(message("Hello"));
  expect([seen.shown, seen.rings]).toEqual([["Hello"], 0]);
  expect([leading.shown, leading.rings]).toEqual([[], 1]);
});

test("a message that is unsent at once calls nobody", async () => {
  const page = makePage();
  page.caller.came(message("Oh no"));
  page.caller.changed(message("Oh no", { body: null, deletedAt: "2026-06-01T12:00:00Z" }));
  await vi.advanceTimersByTimeAsync(patienceMs);
  expect(page.asked).toBe(0);
});

test("a page that is left calls nobody any more", async () => {
  const page = makePage();
  page.caller.came(message("Late"));
  page.caller.stop();
  await vi.advanceTimersByTimeAsync(patienceMs);
  expect(page.asked).toBe(0);
});
