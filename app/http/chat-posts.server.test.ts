import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createSession, endSession } from "~/accounts/sessions.server";
import type { Message } from "~/chats/message";
import { db, sql } from "../../test/database";
import { makeChat } from "../../test/factories";
import { send, serveApp } from "../../test/web";
import { makeFront } from "./front.server";

let posts: typeof import("./chat-posts.server");
beforeAll(async () => {
  posts = await import("./chat-posts.server");
});

async function inAChat(way: string) {
  const chat = await makeChat(db);
  const { buyer } = chat;
  const { token, id: sessionId } = await createSession(db, buyer.id);
  const { origin } = await serveApp({
    pages: (_req, res) => void res.send("a page"),
    chatPosts: posts.answerChatPosts,
    front: (app) =>
      way === "before the app"
        ? makeFront({ app, chatPost: posts.answerChatPost, events: async () => {} })
        : app,
  });
  const headers = {
    Origin: origin,
    Accept: "application/json",
    Cookie: `session=${token}`,
    "Content-Type": "application/x-www-form-urlencoded",
  };
  const post = async (fields: Record<string, string>, more = {}, chatId = chat.id) => {
    const body = new URLSearchParams({ clientId: randomUUID(), ...fields }).toString();
    return send(`${origin}/chats/${chatId}`, {
      method: "POST",
      headers: { ...headers, ...more },
      body,
    });
  };
  return { chat, buyer, sessionId, origin, post };
}

const stored = (chatId: string) =>
  sql`select body from chat_messages where chat_id = ${chatId} and type = 'text' order by seq`;

describe.each(["through the app", "before the app"])("%s", (way) => {
  test("the client's own fetch sends a message and gets it back", async () => {
    const { chat, buyer, post } = await inAChat(way);
    const clientId = randomUUID();
    const answer = await post({ intent: "send", body: "Hello", clientId });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers["content-type"]).toMatch("application/json");
    const { sent } = JSON.parse(answer.body) as { sent: Message };
    expect(sent).toMatchObject({
      chatId: chat.id,
      clientId,
      body: "Hello",
      sender: { id: buyer.id },
    });
    expect(await stored(chat.id)).toEqual([{ body: "Hello" }]);
  });

  test("a repeat with the same client id gets the first message back", async () => {
    const { chat, post } = await inAChat(way);
    const fields = { intent: "send", body: "Once", clientId: randomUUID() };
    const first = await post(fields);
    const second = await post({ ...fields, attempt: "2" });
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await stored(chat.id)).toHaveLength(1);
  });

  test.each([
    ["an empty message", { intent: "send", body: " \n" }, 422],
    ["no client id", { intent: "send", body: "x", clientId: "" }, 422],
    ["an unknown intent", { intent: "shout", body: "x" }, 422],
    ["a field that no form has", { intent: "send", body: "x", "a[1000000]": "1" }, 400],
    ["more than a request may hold", { intent: "send", body: "x".repeat(1_100_000) }, 413],
  ])("%s is refused, and nothing is stored", async (_, fields, status) => {
    const { chat, post } = await inAChat(way);
    expect((await post(fields)).status).toBe(status);
    expect(await stored(chat.id)).toEqual([]);
  });

  test("a refusal says why, and brings back what was typed", async () => {
    const { post } = await inAChat(way);
    const long = "x".repeat(4_001);
    expect(JSON.parse((await post({ intent: "send", body: long })).body)).toMatchObject({
      refused: { id: "chat.body.tooLong", values: { max: 4_000 } },
      typed: long,
    });
  });

  test("strangers and those who mistyped get the same answer", async () => {
    const { post } = await inAChat(way);
    const other = await inAChat(way);
    const answers = await Promise.all(
      [other.chat.id, randomUUID(), "nonsense"].map((chatId) =>
        post({ intent: "send", body: "Let me in" }, {}, chatId),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  test("who is not signed in gets 401, and so does whoever signed out a moment ago", async () => {
    const { chat, sessionId, post } = await inAChat(way);
    const nobody = await post({ intent: "send", body: "x" }, { Cookie: "" });
    expect(nobody.status).toBe(401);
    expect((await post({ intent: "send", body: "Still here" })).status).toBe(200);
    await endSession(db, sessionId);
    for (const intent of ["send", "read"]) {
      expect((await post({ intent, body: "x", seq: "1" })).status).toBe(401);
    }
    expect(await stored(chat.id)).toEqual([{ body: "Still here" }]);
  });

  test("what asks for a page gets one, and a foreign page gets nothing", async () => {
    const { chat, post } = await inAChat(way);
    const fields = { intent: "send", body: "x" };
    const browsers = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (const Accept of [browsers, "*/*"]) {
      expect((await post(fields, { Accept })).body).toBe("a page");
    }
    expect((await post(fields, { Origin: "https://evil.example" })).status).toBe(403);
    expect(await stored(chat.id)).toEqual([]);
  });

  test("a person who sends too fast is told when to come back", async () => {
    const { post } = await inAChat(way);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => post({ intent: "send", body: `Line ${at}` })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30 - refused.length);
  });

  test("what one person's outbox kept is never sent in the name of who signed in after him", async () => {
    const { chat, buyer, post } = await inAChat(way);
    const fields = { intent: "send", body: "Whose is this?" };
    expect((await post({ ...fields, sender: chat.seller.id })).status).toBe(401);
    expect(await stored(chat.id)).toEqual([]);
    expect((await post({ ...fields, sender: buyer.id })).status).toBe(200);
  });
});
