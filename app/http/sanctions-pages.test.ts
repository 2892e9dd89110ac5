import { randomUUID } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { hashPassword } from "~/accounts/passwords.server";
import type { Viewer } from "~/accounts/viewer";
import { chatsAsLiveSource } from "~/chats/live-source.server";
import { sendMessage } from "~/chats/send.server";
import { startLive } from "~/live/live.server";
import { appealSanction } from "~/moderation/people/sanction-appeals.server";
import { imposeSanction, liftSanction } from "~/moderation/people/sanctions.server";
import { signIn } from "~test/built-server";
import { databaseUrl, db } from "~test/database";
import { EventReader } from "~test/event-reader";
import { makeChat, makeSanction, makeStaged, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { makeDiskStorage } from "~test/storages";
import { pagesOf, send, serveApp } from "~test/web";
import { answerEvents } from "./events.server";
import { attachmentPath, chatPath } from "./paths";
import { answerPictures } from "./pictures.server";

const poll = { timeout: 10_000 };
const password = "correct horse battery";

let pages: Awaited<ReturnType<typeof pagesOf>>;
let chatPosts: typeof import("./chat-posts.server").answerChatPosts;
beforeAll(async () => {
  chatPosts = (await import("./chat-posts.server")).answerChatPosts;
  pages = await pagesOf({
    "routes/home": { path: "/", module: await import("~/routes/home") },
    "routes/login": { path: "login", module: await import("~/routes/login") },
    "routes/join": { path: "join", module: await import("~/routes/join") },
    "routes/logout": { path: "logout", module: await import("~/routes/logout") },
    "routes/settings": { path: "settings", module: await import("~/routes/settings") },
    "routes/sanctions": { path: "sanctions", module: await import("~/routes/sanctions") },
    "routes/listings": { path: "listings", module: await import("~/routes/listings") },
    "routes/chat": { path: "chats/:chatId", module: await import("~/routes/chat") },
    "routes/chats": { path: "chats", module: await import("~/routes/chats") },
    "routes/user": { path: "admin/users/:id", module: await import("~/routes/admin/user") },
    "routes/users": { path: "admin/users", module: await import("~/routes/admin/users") },
  });
});

type Fields = Record<string, string>;

/** An instance, and a buyer in a chat with a picture who is signed in there. */
async function serve() {
  const chat = await makeChat(db);
  const live = await startLive({
    url: databaseUrl,
    source: chatsAsLiveSource(makeInstance()),
    maxStreams: 10,
    queueBytes: 1_048_576,
    onError: () => {},
  });
  onTestFinished(live.close);
  const { storage } = makeDiskStorage();
  const { origin } = await serveApp({
    pages,
    chatPosts,
    events: answerEvents(live),
    pictures: answerPictures({ db, storage }),
    uploadBytes: 100_000,
  });
  const { id: picture } = await makeStaged(db, chat.seller, chat.id);
  await sendMessage(db, chat.seller, {
    chatId: chat.id,
    clientId: randomUUID(),
    body: "Look",
    pictures: [{ id: picture, alt: null }],
  });
  const ask = (path: string, cookie: string, accept = "text/html") =>
    send(origin + path, { headers: { Cookie: cookie, Accept: accept } });
  const post = (path: string, fields: Fields, cookie = "", accept = "text/html") =>
    send(origin + path, {
      method: "POST",
      headers: {
        Origin: origin,
        Cookie: cookie,
        Accept: accept,
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams(fields).toString(),
    });
  const say = (cookie: string, accept: string) =>
    post(
      chatPath(chat.id),
      { intent: "send", body: "Hello", clientId: randomUUID() },
      cookie,
      accept,
    );
  const upload = (cookie: string) => {
    const form = new FormData();
    for (const [name, value] of [
      ["intent", "send"],
      ["clientId", randomUUID()],
      ["body", "Look"],
    ]) {
      form.append(name ?? "", value ?? "");
    }
    form.append("images", new File(["no picture"], "a.jpg"));
    const headers = { Origin: origin, Cookie: cookie, Accept: "application/json" };
    return fetch(origin + chatPath(chat.id), { method: "POST", headers, body: form });
  };
  const listen = async (cookie: string) => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { Cookie: cookie };
      get(`${origin}/events`, { headers, agent: false }, resolve).on("error", reject);
    });
    return new EventReader(response);
  };
  /** What each way in answers a person with this cookie. */
  const everyWay = async (cookie: string) => ({
    page: await ask(chatPath(chat.id), cookie).then(({ status }) => status),
    data: await ask(`${chatPath(chat.id)}.data`, cookie).then(({ status }) => status),
    picture: await ask(attachmentPath(chat.id, picture), cookie, "image/*").then(
      // Its objects are in no storage: found, as far as the viewer goes.
      ({ status }) => status,
    ),
    send: (await say(cookie, "application/json")).status,
    form: (await say(cookie, "text/html")).headers.location,
    upload: (await upload(cookie)).status,
    stream: await listen(cookie).then((reader) => {
      reader.cut();
      return reader.status;
    }),
  });
  return { chat, ask, post, listen, everyWay };
}

const ban = (by: Viewer, userId: string) =>
  imposeSanction(makeInstance(), by, {
    id: randomUUID(),
    userId,
    kind: "ban",
    reason: "He asked for cash",
  });

test("a ban shuts every way at once, also for sessions and streams that are open", async () => {
  const { chat, listen, everyWay } = await serve();
  const moderator = await makeUser(db, { role: "moderator" });
  const cookie = await signIn(db, chat.buyer);
  const open = {
    page: 200,
    data: 200,
    picture: 404,
    send: 200,
    form: chatPath(chat.id),
    upload: 422,
    stream: 200,
  };
  expect(await everyWay(cookie)).toEqual(open);
  const stream = await listen(cookie);
  await stream.start();
  const other = await listen(await signIn(db, chat.seller));
  await other.start();

  const imposed = await ban(moderator, chat.buyer.id);
  const shut = {
    page: 303,
    data: 202,
    picture: 401,
    send: 401,
    form: `/login?redirectTo=${encodeURIComponent(chatPath(chat.id))}`,
    upload: 401,
    stream: 401,
  };
  expect(await everyWay(cookie)).toEqual(shut);
  await expect.poll(() => stream.closed, poll).toBe(true);
  expect(other.closed).toBe(false);

  // Who signs in again gets no further, until it is lifted.
  const again = await signIn(db, chat.buyer);
  expect(await everyWay(again)).toEqual({ ...shut, form: "/sanctions" });
  if (!imposed || !("sanction" in imposed)) throw new Error("Was not imposed");
  await liftSanction(db, moderator, { id: imposed.sanction.id, reason: "By mistake" });
  expect(await everyWay(again)).toEqual(open);
  expect(await everyWay(cookie)).toEqual(shut);
});

test("a banned person signs in to one page, which says why, takes his appeal and lets him out", async () => {
  const { chat, ask, post } = await serve();
  const email = `${randomUUID()}@test.example`;
  const person = await makeUser(db, { email, passwordHash: await hashPassword(password) });
  const { id } = await makeSanction(db, person, { kind: "ban", reason: "You asked for <cash>" });
  const signedIn = await post("/login", { email, password });
  expect(signedIn.status).toBe(303);
  const cookie = signedIn.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";

  for (const path of [
    "/",
    "/login",
    "/join",
    "/chats",
    chatPath(chat.id),
    "/settings",
    "/listings",
    "/admin/users",
  ]) {
    const { status, headers } = await ask(path, cookie);
    expect([path, status, headers.location]).toEqual([path, 303, "/sanctions"]);
  }
  const page = await ask("/sanctions", cookie);
  expect(page.status).toBe(200);
  expect(page.body).toContain("You asked for &lt;cash&gt;");
  expect(page.body).toContain("Sign out");
  // Who is shut out is offered no other way.
  expect(page.body).not.toContain('href="/login"');
  expect(page.body).not.toContain('href="/chats"');

  const empty = await post("/sanctions", { intent: "appeal", id, text: "  " }, cookie);
  expect(empty.status).toBe(422);
  expect(empty.body).toContain("Please write something first.");
  const text = "It was my brother";
  expect(await post("/sanctions", { intent: "appeal", id, text }, cookie)).toMatchObject({
    status: 303,
    headers: { location: `/sanctions#${id}` },
  });
  expect((await ask("/sanctions", cookie)).body).toContain(text);
  const second = await post("/sanctions", { intent: "appeal", id, text: "Again" }, cookie);
  expect(second.status).toBe(422);
  const foreign = await makeSanction(db, await makeUser(db), { kind: "ban" });
  const theirs = { intent: "appeal", id: foreign.id, text };
  expect(await post("/sanctions", theirs, cookie)).toMatchObject({ status: 404 });

  const left = await post("/logout", {}, cookie);
  expect(left.status).toBe(303);
  expect((await ask("/sanctions", cookie)).headers.location).toMatch(/^\/login/);
});

test("a warning stands on every page until it is read, and pages that are open hear of it", async () => {
  const { chat, ask, post, listen } = await serve();
  const moderator = await makeUser(db, { role: "moderator" });
  const cookie = await signIn(db, chat.buyer);
  const stream = await listen(cookie);
  await stream.start();
  expect((await ask("/listings", cookie)).body).not.toContain("You have a warning");
  const draft = { id: randomUUID(), userId: chat.buyer.id, reason: "Be kind" };
  await imposeSanction(makeInstance(), moderator, { ...draft, kind: "warning" });
  await expect.poll(() => stream.named("resync").length, poll).toBe(1);
  for (const path of ["/listings", "/chats", "/settings"]) {
    expect((await ask(path, cookie)).body).toContain("You have a warning");
  }
  expect((await ask("/sanctions", cookie)).body).toContain("Be kind");
  const read = await post("/sanctions", { intent: "acknowledge", id: draft.id }, cookie);
  expect(read).toMatchObject({ status: 303, headers: { location: "/sanctions" } });
  expect((await ask("/listings", cookie)).body).not.toContain("You have a warning");
  expect((await ask("/sanctions", cookie)).body).toContain("Be kind");
  await expect.poll(() => stream.named("resync").length, poll).toBe(2);
});

test("a moderator suspends, an admin gives roles, and what is refused keeps what was typed", async () => {
  const { ask, post } = await serve();
  const person = await makeUser(db, { name: "Sam Smythe" });
  const moderator = await makeUser(db, { role: "moderator" });
  const cookie = await signIn(db, moderator);
  const path = `/admin/users/${person.id}`;
  expect((await ask(path, cookie)).body).toContain("Sam Smythe");
  const list = await ask("/admin/users?q=smythe&filter=all&sort=name", cookie);
  expect(list.body).toContain(path);

  const draft = { intent: "impose", id: randomUUID(), kind: "suspension", days: "3" };
  const refused = await post(path, draft, cookie);
  expect(refused.status).toBe(422);
  expect(refused.body).toContain("Please write something first.");
  expect(refused.body).toMatch(/<option value="suspension" selected/);
  expect(refused.body).toContain(draft.id);
  expect((await post(path, { ...draft, days: "3000", reason: "x" }, cookie)).status).toBe(422);
  const done = await post(path, { ...draft, reason: "Asked for cash" }, cookie);
  expect(done).toMatchObject({ status: 303, headers: { location: path } });
  expect((await ask(path, cookie)).body).toContain("Asked for cash");

  const appeal = { id: draft.id, text: "It was my brother" };
  expect(await appealSanction(db, person, appeal)).toEqual({ appealed: true });
  const decide = { intent: "decide", id: draft.id, isGranted: "false", answer: "We looked again" };
  // His own sanction is for another to judge.
  expect((await ask(path, cookie)).body).toContain("decides the appeal");
  expect((await post(path, decide, cookie)).status).toBe(422);
  const other = await signIn(db, await makeUser(db, { role: "moderator" }));
  const unanswered = await post(path, { ...decide, answer: "" }, other);
  expect(unanswered.status).toBe(422);
  expect(unanswered.body).toContain("Please write something first.");
  expect((await post(path, decide, other)).status).toBe(303);
  expect((await ask(path, other)).body).toContain("We looked again");
  const lift = { intent: "lift", id: draft.id, reason: "Long enough" };
  expect((await post(path, lift, cookie)).status).toBe(303);
  expect((await ask(path, cookie)).body).toContain("Long enough");

  const admin = await makeUser(db, { role: "admin" });
  const above = `/admin/users/${admin.id}`;
  const reason = "Not mine to judge";
  const higher = { ...draft, id: randomUUID(), kind: "ban", reason };
  // The page offers it to nobody; whoever sends it is told.
  expect((await ask(above, cookie)).body).not.toContain("Impose a sanction");
  expect((await post(above, higher, cookie)).status).toBe(422);
  expect((await post(path, { intent: "role", role: "moderator" }, cookie)).status).toBe(404);
  const byAdmin = await signIn(db, admin);
  expect((await post(path, { intent: "role", role: "moderator" }, byAdmin)).status).toBe(303);
  expect((await ask(path, byAdmin)).body).toContain("Moderator");
});
