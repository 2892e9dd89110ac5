import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test, vi } from "vitest";
import { hashPassword } from "~/accounts/passwords.server";
import { createSession } from "~/accounts/sessions.server";
import { log } from "~/operations/log.server";
import { db } from "../../test/database";
import { makeChat, makeSubject, makeUser } from "../../test/factories";
import { type Answer, pagesOf, send, serveApp } from "../../test/web";

const broken = {
  loader() {
    throw new Error("a secret of the server");
  },
  default: () => null,
};

async function servePages() {
  const pages = await pagesOf({
    "routes/home": { path: "/", module: await import("~/routes/home") },
    "routes/login": { path: "login", module: await import("~/routes/login") },
    "routes/join": { path: "join", module: await import("~/routes/join") },
    "routes/logout": { path: "logout", module: await import("~/routes/logout") },
    "routes/listings": { path: "listings", module: await import("~/routes/listings") },
    "routes/listing": { path: "listings/:reference", module: await import("~/routes/listing") },
    "routes/chat": { path: "chats/:chatId", module: await import("~/routes/chat") },
    "routes/chats": { path: "chats", module: await import("~/routes/chats") },
    "routes/broken": { path: "broken", module: broken },
    "routes/not-found": { path: "*", module: await import("~/routes/not-found") },
  });
  const { origin } = await serveApp({ pages });
  const headersOf = (session?: string) => ({ Origin: origin, ...(session && { Cookie: session }) });
  return {
    get: (path: string, session?: string) => send(origin + path, { headers: headersOf(session) }),
    post: (path: string, fields: Record<string, string>, session?: string) =>
      send(origin + path, {
        method: "POST",
        headers: {
          ...headersOf(session),
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams(fields).toString(),
      }),
  };
}

const password = "correct horse battery";

async function makeAccount() {
  const email = `${randomUUID()}@test.example`;
  const user = await makeUser(db, { email, passwordHash: await hashPassword(password) });
  return { ...user, email };
}

async function signedIn(user: { id: string }) {
  return `session=${(await createSession(db, user.id)).token}`;
}

/** The cookie that an answer sets, as a browser sends it back. */
function cookieOf(answer: Answer) {
  const [line = ""] = answer.headers["set-cookie"] ?? [];
  return line.split(";", 1)[0] ?? "";
}

/** Without where its stream would begin: that is the time of the answer and says nothing of a chat. */
function timeless({ body }: Answer) {
  return body.replace(/[\da-f-]{36}~\d+:\d+:[\d,]*/g, "CURSOR");
}

test("signing in leads to where one wanted to go, with a new session", async () => {
  const { get, post } = await servePages();
  const account = await makeAccount();
  const before = await signedIn(account);
  const form = {
    email: ` ${account.email.toUpperCase()}`,
    password,
    redirectTo: "/listings?after=L-1",
  };
  const answer = await post("/login", form, before);
  expect(answer).toMatchObject({ status: 303, headers: { location: "/listings?after=L-1" } });
  expect(answer.headers["set-cookie"]?.[0]).toMatch(
    /^session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  expect((await get("/listings", cookieOf(answer))).status).toBe(200);
  expect(await get("/listings", before)).toMatchObject({ status: 303 });
});

test.each(["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", ""])(
  "signing in does not lead to %j",
  async (redirectTo) => {
    const { post } = await servePages();
    const { email } = await makeAccount();
    const answer = await post("/login", { email, password, redirectTo });
    expect(answer).toMatchObject({ status: 303, headers: { location: "/chats" } });
  },
);

test("a page asks a stranger to sign in, and leads back", async () => {
  const { get } = await servePages();
  const answer = await get("/listings/L-1?x=1");
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe("/login?redirectTo=%2Flistings%2FL-1%3Fx%3D1");
});

test("an unknown account and a wrong password get the same page", async () => {
  const { post } = await servePages();
  const { email } = await makeAccount();
  const unknown = `${randomUUID()}@test.example`;
  const [wrong, none] = await Promise.all(
    [email, unknown].map((given) => post("/login", { email: given, password: "wrong wrong" })),
  );
  const comparable = (answer: Answer | undefined, typed: string) =>
    answer?.body.replaceAll(typed, "E-MAIL").replace(/nonce=\\?"[^"]+"/g, "");
  expect(wrong?.status).toBe(422);
  expect(none?.status).toBe(422);
  expect(comparable(wrong, email)).toBe(comparable(none, unknown));
});

test("a refused form keeps what was typed, but never the password", async () => {
  const { post } = await servePages();
  const typed = {
    name: "Someone",
    email: "not an address",
    password: "p4ssw0rd!",
    redirectTo: "/x",
  };
  const answer = await post("/join", typed);
  expect(answer.status).toBe(422);
  expect(answer.body).toContain('value="Someone"');
  expect(answer.body).toContain('value="not an address"');
  expect(answer.body).not.toContain(typed.password);
  expect(answer.body).toMatch(/aria-invalid="true"[^>]+aria-describedby="join-password-error/);
});

test("too many attempts are told when to come back", async () => {
  const { post } = await servePages();
  const attempt = () => post("/login", { email: "someone@test.example", password: "wrong wrong" });
  let answer = await attempt();
  for (let attempts = 1; attempts < 12 && answer.status === 422; attempts++)
    answer = await attempt();
  expect(answer.status).toBe(429);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(60);
  expect(answer.body).toContain("Too many attempts");
});

test("only a POST signs out, and then the session is over", async () => {
  const { get, post } = await servePages();
  const session = await signedIn(await makeUser(db));
  expect(await get("/logout", session)).toMatchObject({ status: 303 });
  expect((await get("/listings", session)).status).toBe(200);
  const answer = await post("/logout", {}, session);
  expect(answer).toMatchObject({ status: 303, headers: { location: "/" } });
  expect(answer.headers["set-cookie"]?.[0]).toMatch(/^session=; Max-Age=0;/);
  expect(await get("/listings", session)).toMatchObject({ status: 303 });
});

test("someone else's chat is the same 404 as one that does not exist", async () => {
  const { get, post } = await servePages();
  const session = await signedIn(await makeUser(db));
  const chat = await makeChat(db);
  const paths = [chat.id, randomUUID(), "not-an-id", "1"].map((id) => `/chats/${id}`);
  for (const suffix of ["", ".data", "?before=3", "?around=nonsense"]) {
    const answers = await Promise.all(paths.map((path) => get(path + suffix, session)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(timeless)).size).toBe(1);
  }
  for (const suffix of ["", ".data"]) {
    const form = { intent: "send", clientId: randomUUID(), body: "hello" };
    const answers = await Promise.all(paths.map((path) => post(path + suffix, form, session)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(timeless)).size).toBe(1);
  }
});

test("what is no id at all is the same 404 as an unknown one", async () => {
  const { get } = await servePages();
  const session = await signedIn(await makeUser(db));
  for (const path of ["/chats/", "/listings/", "/nowhere/"]) {
    for (const suffix of ["", ".data"]) {
      const ids = [randomUUID(), "%00", "%ff", "a%00b", "%E0%A4%A", "100%"];
      const answers = await Promise.all(ids.map((id) => get(path + id + suffix, session)));
      expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 404));
      expect(new Set(answers.map(timeless)).size).toBe(1);
    }
  }
});

test("a search or a place that holds what cannot be stored is answered as any other", async () => {
  const { get } = await servePages();
  const chat = await makeChat(db);
  const session = await signedIn(chat.buyer);
  const searches = ["bi%00cycle", "%00", "%ff", "%"].map((q) => `/chats?q=${q}`);
  const others = ["/chats?after=%00", "/listings?after=%00", `/chats/${chat.id}?around=%00`];
  for (const path of [...searches, ...others]) {
    expect([path, (await get(path, session)).status]).toEqual([path, 200]);
  }
});

test("what the client did wrong is no error of ours in the log", async () => {
  const { post } = await servePages();
  const logged = vi.spyOn(log, "error");
  onTestFinished(() => logged.mockRestore());
  expect((await post("/broken", {})).status).toBe(405);
  expect((await post("/nothing-here", {})).status).toBe(404);
  expect(logged).not.toHaveBeenCalled();
});

test("an error page carries no script, no nonce and no path", async () => {
  const { get } = await servePages();
  for (const path of ["/nothing-here", "/broken"]) {
    const { body } = await get(path);
    expect(body).toContain("<h1");
    expect(body).not.toMatch(/<script|nonce|nothing-here|broken/);
  }
});

test("an unexpected error shows a reference and nothing of the server", async () => {
  const { get } = await servePages();
  const answer = await get("/broken");
  expect(answer.status).toBe(500);
  expect(answer.body).toContain(String(answer.headers["x-request-id"]));
  expect(answer.body).not.toContain("secret");
  const fetched = await get("/broken.data");
  expect(fetched.status).toBe(500);
  expect(fetched.headers["server-timing"]).toContain(String(fetched.headers["x-request-id"]));
  expect(fetched.body).not.toContain("secret");
});

test("a page runs no script without the nonce of its own answer", async () => {
  const { get } = await servePages();
  const answer = await get("/login");
  const [, nonce] = /'nonce-([^']+)'/.exec(String(answer.headers["content-security-policy"])) ?? [];
  const scripts = answer.body.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
  expect(answer.body).not.toMatch(/\sstyle=|\son\w+=/);
});

test("pressing Message seller leads to the chat; the seller is told that the listing is his", async () => {
  const { get, post } = await servePages();
  const seller = await makeUser(db);
  const { reference } = await makeSubject(db, seller);
  const [buyer, own] = [await signedIn(await makeUser(db)), await signedIn(seller)];
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post(`/listings/${reference}`, {}, buyer)),
  );
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(answers[0]).toMatchObject({
    status: 303,
    headers: { location: expect.stringMatching(/^\/chats\//) },
  });
  expect((await post(`/listings/${reference}`, {}, own)).status).toBe(422);
  expect((await get(`/listings/${reference}`, own)).body).toContain("This is your listing");
  expect((await get("/listings/unknown", buyer)).status).toBe(404);
  expect((await post("/listings/unknown", {}, buyer)).status).toBe(404);
});
