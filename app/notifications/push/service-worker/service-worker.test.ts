import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PushPayload } from "../payload";
import { open } from "./open";
import { readPush } from "./read-push";
import { resubscribe } from "./resubscribe";
import type { Scope } from "./scope";
import { show } from "./show";

type Window = { url: string; isVisible?: boolean; isStuck?: boolean; isClosing?: boolean };

/** What a service worker sees of its browser, which keeps one notification of each tag. */
function makeScope({ windows = [] as Window[], userAgent = "Chrome/140.0" } = {}) {
  const seen = {
    shown: [] as {
      title: string;
      body?: string;
      silent?: boolean;
      tag: string;
      data: PushPayload;
    }[],
    /** Everything that was ever shown. */
    rang: [] as string[],
    opened: [] as string[],
    focused: [] as string[],
    led: [] as [string, string][],
    badge: undefined as number | undefined,
  };
  const scope = {
    navigator: {
      userAgent,
      setAppBadge: async (count: number) => {
        seen.badge = count;
      },
    },
    clients: {
      matchAll: async () =>
        windows.map(({ url, isVisible, isStuck, isClosing }) => {
          const client = {
            url: `https://chat.example${url}`,
            visibilityState: isVisible ? "visible" : "hidden",
            focus: async () => {
              if (isClosing) throw new TypeError("Not there any more");
              seen.focused.push(url);
              return client;
            },
            navigate: async (to: string) => {
              if (isStuck) throw new TypeError("Not a client of this worker");
              seen.led.push([url, to]);
            },
          };
          return client;
        }),
      openWindow: async (url: string) => void seen.opened.push(url),
    },
    registration: {
      getNotifications: async ({ tag }: { tag: string }) =>
        seen.shown
          .filter((one) => one.tag === tag)
          .map((one) => ({
            ...one,
            close: () => {
              seen.shown = seen.shown.filter((other) => other.tag !== tag);
            },
          })),
      showNotification: async (title: string, options: (typeof seen.shown)[number]) => {
        seen.shown = seen.shown.filter(({ tag }) => tag !== options.tag);
        seen.shown.push({ ...options, title });
        if (!options.silent) seen.rang.push(options.body ?? "");
      },
    },
  };
  return Object.assign(seen, { scope: scope as unknown as Scope });
}

const ofChat = (seq: number) => ({
  chatId: "c",
  seq,
  unread: seq,
  title: "Anna",
  body: `Message ${seq}`,
  path: "/chats/c",
  tag: "chat-c",
  lang: "en",
});
const message = (seq: number) => ({ ...ofChat(seq), kind: "messages" }) as const;
const readUpTo = (seq: number) =>
  ({ ...ofChat(seq), kind: "read", body: "Read", unread: 0 }) as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a chat's notifications replace each other, and each rings", async () => {
  const seen = makeScope();
  await show(seen.scope, message(2));
  await show(seen.scope, message(3));
  expect(seen.shown.map(({ body }) => body)).toEqual(["Message 3"]);
  expect(seen.rang).toEqual(["Message 2", "Message 3"]);
  expect(seen.badge).toBe(3);
});

test("what left later and arrived earlier stays", async () => {
  const seen = makeScope();
  await show(seen.scope, message(3));
  await show(seen.scope, message(2));
  expect(seen.shown.map(({ body }) => body)).toEqual(["Message 3"]);
  expect(seen.rang).toEqual(["Message 3"]);
});

test("a chat that is in view is not shown; on Apple's devices for a moment, without a sound", async () => {
  const windows = [{ url: "/chats/c?around=3", isVisible: true }];
  const other = makeScope({ windows });
  await show(other.scope, message(2));
  expect(other.shown).toEqual([]);
  const apple = makeScope({ windows, userAgent: "AppleWebKit/605.1.15 Version/17.5 Safari/604.1" });
  await show(apple.scope, message(2));
  expect(apple.shown).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([apple.shown, apple.rang]).toEqual([[], []]);
});

test("another page in view, or the chat in a tab behind, is no chat in view", async () => {
  const windows = [{ url: "/chats/d", isVisible: true }, { url: "/chats/c" }];
  const seen = makeScope({ windows });
  await show(seen.scope, message(2));
  expect(seen.shown).toHaveLength(1);
});

test("what was read elsewhere is closed, after something was shown in its place", async () => {
  const seen = makeScope();
  await show(seen.scope, message(2));
  await show(seen.scope, readUpTo(2));
  expect(seen.shown).toMatchObject([{ body: "Read", silent: true }]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([seen.shown, seen.rang, seen.badge]).toEqual([[], ["Message 2"], 0]);
});

test("what came after what was read stays, also where it comes in the very moment", async () => {
  const seen = makeScope();
  await show(seen.scope, message(3));
  await show(seen.scope, readUpTo(2));
  expect(seen.shown).toMatchObject([{ body: "Message 3" }]);
  const late = makeScope();
  await show(late.scope, readUpTo(2));
  await show(late.scope, message(3));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(late.shown).toMatchObject([{ body: "Message 3" }]);
});

test("what was taken back gives way to what is left of the chat, without a sound", async () => {
  const seen = makeScope();
  await show(seen.scope, message(3));
  await show(seen.scope, { ...readUpTo(3), rest: { title: "Anna", body: "Message 2" } });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen.shown).toMatchObject([{ body: "Message 2", silent: true, data: { seq: 3 } }]);
  expect(seen.shown[0]?.data.kind, "it is closed as what was pushed is").toBe("messages");
  // What it takes the place of may have been on its way for longer.
  await show(seen.scope, message(3));
  expect(seen.shown).toMatchObject([{ body: "Message 2" }]);
  expect(seen.rang).toEqual(["Message 3"]);
  await show(seen.scope, readUpTo(3));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen.shown).toEqual([]);
});

const told = { kind: "notification", title: "News", body: "…", path: "/notifications", tag: "n" };

test.for([
  "no JSON {",
  "null",
  "5",
  '"words"',
  "[]",
  "{}",
  '{"unread":"many","kind":"messages"}',
  JSON.stringify({ ...told, kind: "of another day" }),
  JSON.stringify({ ...told, kind: "messages" }),
  JSON.stringify({ ...told, title: "" }),
  JSON.stringify({ ...told, tag: 5 }),
])("a push that nobody can read shows something all the same: %s", async (text) => {
  const seen = makeScope();
  await show(seen.scope, readPush({ json: () => JSON.parse(text) }));
  expect(seen.shown).toMatchObject([{ title: "Parley", tag: "unknown" }]);
});

test("a push without words shows something, and one with all that it needs is what it says", async () => {
  const seen = makeScope();
  await show(seen.scope, readPush(null));
  expect(seen.shown).toMatchObject([{ title: "Parley" }]);
  for (const payload of [message(2), readUpTo(2), told]) {
    expect(readPush({ json: () => payload })).toBe(payload);
  }
});

test("what another day's worker shows of a chat gives way", async () => {
  const seen = makeScope();
  await seen.scope.registration.showNotification("Old", { tag: "chat-c" });
  await show(seen.scope, message(2));
  expect(seen.shown).toMatchObject([{ body: "Message 2" }]);
});

test("a click goes to the page that is there, else leads a chat's page, else opens one", async () => {
  const there = makeScope({ windows: [{ url: "/chats/d" }, { url: "/chats/c?around=3" }] });
  await open(there.scope, "/chats/c");
  expect([there.focused, there.led, there.opened]).toEqual([["/chats/c?around=3"], [], []]);
  const elsewhere = makeScope({ windows: [{ url: "/settings" }, { url: "/chats/d" }] });
  await open(elsewhere.scope, "/chats/c");
  expect([elsewhere.led, elsewhere.opened]).toEqual([[["/chats/d", "/chats/c"]], []]);
  const anchored = makeScope({ windows: [{ url: "/chats/d" }, { url: "/sanctions" }] });
  await open(anchored.scope, "/sanctions#one");
  expect(anchored.led).toEqual([["/sanctions", "/sanctions#one"]]);
  for (const windows of [
    [],
    [{ url: "/settings" }],
    [{ url: "/chats", isStuck: true }],
    [{ url: "/chats/c", isClosing: true }],
  ]) {
    const closed = makeScope({ windows });
    await open(closed.scope, "/chats/c");
    expect(closed.opened).toEqual(["/chats/c"]);
  }
});

test("a browser that lost its endpoint gets another, and says which it had; signed out it does not", async () => {
  const posted: string[] = [];
  const made = {
    toJSON: () => ({ endpoint: "https://push.example/2", keys: { p256dh: "p", auth: "a" } }),
  };
  const subscribed: unknown[] = [];
  const pushManager = {
    subscribe: async (options: unknown) => {
      subscribed.push(options);
      return made;
    },
  };
  const scope = { registration: { pushManager } } as unknown as Scope;
  const change = { oldSubscription: { endpoint: "https://push.example/1" } as PushSubscription };
  let standing = Response.json({ publicKey: "key", isOn: true });
  vi.stubGlobal("fetch", async (_: string, init?: RequestInit) => {
    if (init?.method !== "POST") return standing;
    posted.push(String(init.body));
    return Response.json({ done: true });
  });
  await resubscribe(scope, change);
  // Another person, who was never asked.
  standing = Response.json({ publicKey: "key", isOn: false });
  await resubscribe(scope, change);
  standing = new Response(null, { status: 303 });
  await resubscribe(scope, change);
  vi.unstubAllGlobals();
  expect(subscribed).toEqual([{ userVisibleOnly: true, applicationServerKey: "key" }]);
  expect(posted.map((body) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
    {
      intent: "subscribe",
      endpoint: "https://push.example/2",
      p256dh: "p",
      auth: "a",
      former: "https://push.example/1",
    },
  ]);
});
