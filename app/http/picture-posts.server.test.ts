import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import sharp from "sharp";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { type Attachment, objectKeys, type TriedPicture } from "~/attachments/attachment";
import { maxUploadBytes } from "~/attachments/intake.server";
import { closeChat } from "~/chats/close.server";
import type { Message } from "~/chats/message";
import { db, sql } from "../../test/database";
import { makeChat, makeStaged, makeUser } from "../../test/factories";
import { pagesOf, serveApp } from "../../test/web";

process.env.LIMIT_IMAGE_BYTES = "60000";
process.env.LIMIT_IMAGES_PER_MESSAGE = "4";
process.env.LIMIT_UPLOADS_PER_HOUR = "9";

let chatPosts: typeof import("./chat-posts.server").answerChatPosts;
let pages: Awaited<ReturnType<typeof pagesOf>>;
let storage: typeof import("~/storage/storage.server").storage;
const files: Record<string, Uint8Array<ArrayBuffer>> = {};

beforeAll(async () => {
  chatPosts = (await import("./chat-posts.server")).answerChatPosts;
  storage = (await import("~/storage/storage.server")).storage;
  const chat = await import("~/routes/chat");
  pages = await pagesOf({ "routes/chat": { path: "chats/:chatId", module: chat } });
  const flat = sharp({ create: { width: 60, height: 40, channels: 3, background: "#a33" } });
  files.jpeg = new Uint8Array(await flat.clone().jpeg().toBuffer());
  files.png = new Uint8Array(await flat.clone().png().toBuffer());
  files.svg = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
  files.empty = new Uint8Array();
  files.large = new Uint8Array(60_001);
});

type Answered = {
  sent?: Message;
  refused?: { id: string };
  typed?: string;
  pictures?: TriedPicture[];
};

async function inAChat() {
  const chat = await makeChat(db);
  const { origin } = await serveApp({
    pages,
    chatPosts,
    uploadBytes: maxUploadBytes({ bytes: 60_000, pictures: 4 }),
  });
  const address = `${origin}/chats/${chat.id}`;
  const headersOf = async ({ id }: Pick<Viewer, "id">, accept: string) => ({
    Origin: origin,
    Accept: accept,
    Cookie: `session=${(await createSession(db, id)).token}`,
  });

  async function post(
    fields: Record<string, string | string[]>,
    pictures: (keyof typeof files)[],
    { as = chat.buyer as Pick<Viewer, "id">, accept = "application/json" } = {},
  ) {
    const form = new FormData();
    const all = { intent: "send", clientId: randomUUID(), body: "", ...fields };
    for (const [name, value] of Object.entries(all)) {
      for (const one of [value].flat()) form.append(name, one);
    }
    for (const name of pictures) form.append("images", new File([files[name] ?? ""], name));
    // As a browser sends a file input that was left empty.
    if (!pictures.length) form.append("images", new File([], ""));
    const headers = await headersOf(as, accept);
    return fetch(address, { method: "POST", headers, body: form, redirect: "manual" });
  }

  async function ask(...asked: Parameters<typeof post>) {
    const answer = await post(...asked);
    return { status: answer.status, ...((await answer.json()) as Answered) };
  }

  /** Sends a form whose last part never ends, and gives the answer that comes all the same. */
  async function askHalf(
    fields: Record<string, string>,
    { as = chat.buyer as Pick<Viewer, "id"> } = {},
  ) {
    const part = (head: string, content: string) =>
      `--b\r\nContent-Disposition: form-data; name=${head}\r\n\r\n${content}\r\n`;
    const all = { intent: "send", clientId: randomUUID(), body: "", ...fields };
    const text = Object.entries(all).map(([name, value]) => part(`"${name}"`, value));
    const headers = {
      ...(await headersOf(as, "application/json")),
      "Content-Type": "multipart/form-data; boundary=b",
      "Content-Length": "50000",
    };
    return new Promise<Answered & { status: number }>((resolve, reject) => {
      const asking = request(address, { method: "POST", headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const body = JSON.parse(Buffer.concat(chunks).toString()) as Answered;
          resolve({ status: answer.statusCode ?? 0, ...body });
          asking.destroy();
        });
      });
      asking.on("error", reject);
      asking.write(text.join("") + part('"images"; filename="a.jpg"', "half of it"));
    });
  }

  return { chat, post, ask, askHalf, address, headersOf };
}

const messagesOf = (chatId: string) =>
  sql`select m.body, m.seq::int, (select count(*)::int from attachments a where a.message_id = m.id)
        as pictures
      from chat_messages m where m.chat_id = ${chatId} and m.type <> 'system' order by m.seq`;

async function bytesOf(key: string) {
  const stored = await storage.get(key);
  stored?.stream.destroy();
  return stored?.bytes;
}

test("pictures are sent with a text, described, and lie whole in the storage", async () => {
  const { chat, ask } = await inAChat();
  const fields = { body: "Look", alt: ["The front", ""] };
  const { status, sent } = await ask(fields, ["jpeg", "png"]);
  expect(status).toBe(200);
  expect(sent).toMatchObject({
    type: "image",
    body: "Look",
    attachments: [
      { width: 60, height: 40, alt: "The front", isAnimated: false },
      { width: 60, height: 40, alt: null },
    ],
  });
  for (const { id, bytes } of sent?.attachments ?? []) {
    const keys = objectKeys(id);
    expect(await bytesOf(keys.full)).toBe(bytes);
    expect(await bytesOf(keys.thumbnail)).toBeGreaterThan(0);
  }
  expect(await messagesOf(chat.id)).toEqual([{ body: "Look", seq: 2, pictures: 2 }]);
});

test("a repeat is answered with the first message, and no picture is read", async () => {
  const { chat, ask, askHalf } = await inAChat();
  const clientId = randomUUID();
  const { sent } = await ask({ clientId, body: "Once" }, ["jpeg"]);
  expect(await askHalf({ clientId, body: "Once" })).toEqual({ status: 200, sent });
  const { pictures: _, ...refused } = await askHalf({ clientId, body: "Twice" });
  expect(refused).toMatchObject({ status: 422, refused: { id: "chat.clientId.reused" } });
  expect(await messagesOf(chat.id)).toHaveLength(1);
  expect(await sql`select 1 from attachments where chat_id = ${chat.id}`).toHaveLength(1);
});

test("the same message five times at once is there once", async () => {
  const { chat, ask } = await inAChat();
  const clientId = randomUUID();
  const tries = [1, 2, 3, 4, 5].map(() => ask({ clientId }, ["jpeg"]));
  const answers = await Promise.all(tries);
  expect(new Set(answers.map(({ sent }) => sent?.id)).size).toBe(1);
  expect(await messagesOf(chat.id)).toEqual([{ body: null, seq: 2, pictures: 1 }]);
});

test("one bad picture is named, and the next try brings only what the first one lacked", async () => {
  const { chat, ask } = await inAChat();
  const fields = { clientId: randomUUID(), body: "All three", alt: ["one", "", "three"] };
  const { status, ...first } = await ask(fields, ["jpeg", "svg", "png"]);
  expect(status).toBe(422);
  expect(first).toMatchObject({
    refused: { id: "picture.someRefused" },
    typed: "All three",
    pictures: [
      { index: 0, kept: { alt: "one" } },
      { index: 1, name: "svg", refused: { id: "picture.notAPicture" } },
      { index: 2, kept: { alt: "three" } },
    ],
  });
  expect(await messagesOf(chat.id)).toEqual([]);
  const kept = first.pictures?.flatMap((one) => one.kept?.id ?? []) ?? [];
  const second = await ask({ ...fields, kept, alt: ["one", "three", "two"] }, ["png"]);
  const shown = second.sent?.attachments.map(({ id, alt }) => [id, alt]);
  expect(shown).toEqual([
    [kept[0], "one"],
    [kept[1], "three"],
    [expect.anything(), "two"],
  ]);
  expect(await messagesOf(chat.id)).toEqual([{ body: "All three", seq: 2, pictures: 3 }]);
});

test("what is wrong with each picture is said beside it", async () => {
  const { ask } = await inAChat();
  const { status, pictures } = await ask({}, ["empty", "jpeg", "large", "png", "jpeg"]);
  expect(status).toBe(422);
  expect(pictures?.map(({ index, refused }) => [index, refused?.id ?? "fine"])).toEqual([
    [0, "picture.empty"],
    [1, "fine"],
    [2, "picture.tooLarge"],
    [3, "fine"],
    [4, "picture.tooMany"],
  ]);
  expect(await ask({}, ["large"])).toMatchObject({ status: 413 });
});

test.each([
  ["../../etc/passwd", "passwd"],
  ['C:\\fakepath\\a "b".jpg', 'a "b".jpg'],
  ["\u202Egpj.exe\u2066", "gpj.exe"],
  ["one\nline.jpg", "one line.jpg"],
  ["x".repeat(300), "x".repeat(80)],
])("of a file's name, %j, no more is shown than a person can read: %j", async (name, shown) => {
  const { ask } = await inAChat();
  files[name] = files.svg ?? new Uint8Array();
  expect((await ask({}, [name])).pictures).toMatchObject([{ index: 0, name: shown }]);
});

test("a text that is too long loses no pictures", async () => {
  const { chat, ask } = await inAChat();
  const answer = await ask({ body: "x".repeat(4_001) }, ["jpeg"]);
  expect(answer).toMatchObject({
    status: 422,
    refused: { id: "chat.body.tooLong" },
    pictures: [{ index: 0, kept: { width: 60 } }],
  });
  const kept = answer.pictures?.[0]?.kept?.id ?? "";
  expect(await ask({ kept, body: "x" }, [])).toMatchObject({ status: 200 });
  expect(await messagesOf(chat.id)).toEqual([{ body: "x", seq: 2, pictures: 1 }]);
});

test.each<[string, (chat: { id: string; seller: Viewer }) => Promise<{ id: string }>]>([
  ["somebody else's", (chat) => makeStaged(db, chat.seller, chat.id)],
  ["no", async () => ({ id: randomUUID() })],
  ["an impossible", async () => ({ id: "../x" })],
])("%s picture is not taken for a kept one", async (_, make) => {
  const { chat, ask } = await inAChat();
  const { id } = await make(chat);
  expect(await ask({ kept: [id] }, ["jpeg"])).toMatchObject({
    status: 422,
    pictures: [
      { index: 0, refused: { id: "picture.gone" } },
      { index: 1, kept: {} },
    ],
  });
  expect(await messagesOf(chat.id)).toEqual([]);
});

describe("is answered before a picture is read:", () => {
  test("a stranger, for whom there is no chat", async () => {
    const { askHalf } = await inAChat();
    expect(await askHalf({}, { as: await makeUser(db) })).toMatchObject({ status: 404 });
    const long = { body: "x".repeat(4_001) };
    expect(await askHalf(long, { as: await makeUser(db) })).toMatchObject({ status: 404 });
  });

  test("who is signed in as somebody else by now", async () => {
    const { chat, askHalf } = await inAChat();
    expect(await askHalf({ sender: chat.seller.id })).toMatchObject({ status: 401 });
  });

  test("who writes in a closed chat", async () => {
    const { chat, askHalf } = await inAChat();
    await closeChat(db, chat.seller, chat.id);
    const answer = await askHalf({ body: "Still?" });
    expect(answer).toMatchObject({
      status: 422,
      refused: { id: "chat.notOpen" },
      typed: "Still?",
    });
  });
});

test("who uploads too much in an hour waits, and keeps what was taken", async () => {
  const { post, ask } = await inAChat();
  for (const count of [4, 4]) expect((await ask({}, Array(count).fill("png"))).status).toBe(200);
  const answer = await post({ body: "More" }, ["jpeg", "jpeg"]);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(3_000);
  expect(await answer.json()).toMatchObject({
    typed: "More",
    pictures: [{ kept: {} }, { refused: { id: "picture.tooManyUploads" } }],
  });
  expect((await ask({ body: "Words are free" }, [])).status).toBe(200);
});

describe("an upload that ends half way", () => {
  const head = (name: string) => `\r\n--b\r\nContent-Disposition: form-data; name=${name}\r\n\r\n`;

  /** One picture, and a part of the next. */
  function sendHalf(address: string, headers: Record<string, string>) {
    const half = request(address, {
      method: "POST",
      headers: { ...headers, "Content-Type": "multipart/form-data; boundary=b" },
    });
    half.on("error", () => {});
    half.write(`${head('"intent"')}send${head('"clientId"')}${randomUUID()}`);
    half.write(`${head('"body"')}Look${head('"images"; filename="a.jpg"')}`);
    half.write(files.jpeg);
    half.write(`${head('"images"; filename="b.jpg"')}half of it`);
    return half;
  }

  test("leaves no message when its sender hangs up", async () => {
    const { chat, address, headersOf } = await inAChat();
    const half = sendHalf(address, await headersOf(chat.buyer, "application/json"));
    const staged = () =>
      sql`select 1 from attachments where chat_id = ${chat.id} and stored_at is not null`;
    await vi.waitFor(async () => expect(await staged()).toHaveLength(1), 15_000);
    half.destroy();
    expect(await messagesOf(chat.id)).toEqual([]);
  });

  test("is told so when it stands still, and keeps its text and what had come", async () => {
    const { chat } = await inAChat();
    const { answerUpload } = await import("~/chats/picture-form.server");
    const context = { db, storage, viewer: chat.buyer, chatId: chat.id };
    let stalledMs = 500;
    const server = createServer(async (req, res) => {
      const answer = await answerUpload(context, req, { stalledMs });
      res.writeHead(answer?.status ?? 404).end(JSON.stringify(answer?.body));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close().closeAllConnections());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const stall = async () => {
      const half = sendHalf(`http://127.0.0.1:${port}/`, {});
      const [answer] = (await once(half, "response")) as [IncomingMessage];
      return { status: answer.statusCode, ...((await json(answer)) as Answered) };
    };
    let answer = await stall();
    // A machine that stands still itself is no slow sender.
    while (answer.pictures?.length !== 2 && stalledMs < 8_000) {
      stalledMs *= 4;
      answer = await stall();
    }
    expect(answer).toMatchObject({
      status: 408,
      refused: { id: "picture.stalled" },
      typed: "Look",
      pictures: [
        { index: 0, kept: { width: 60 } },
        { index: 1, refused: { id: "picture.stalled" } },
      ],
    });
    expect(await messagesOf(chat.id)).toEqual([]);
  }, 60_000);
});

test("a storage that is away is said on the picture; when it is back the next try goes well", async () => {
  const { chat, ask } = await inAChat();
  const folder = join(process.env.DATA_DIR ?? "", "objects");
  await mkdir(folder, { recursive: true });
  await rename(folder, `${folder}-away`);
  await writeFile(folder, "where the folder should be");
  const fields = { clientId: randomUUID(), body: "Look" };
  const { pictures, ...answer } = await ask(fields, ["jpeg", "png"]);
  await rm(folder);
  await rename(`${folder}-away`, folder);
  expect(answer).toMatchObject({ status: 503, typed: "Look" });
  expect(pictures?.map(({ refused }) => refused?.id)).toEqual(Array(2).fill("picture.notStored"));
  expect(
    await sql`select 1 from attachments
    where chat_id = ${chat.id} and stored_at is not null`,
  ).toEqual([]);
  expect((await ask(fields, ["jpeg", "png"])).status).toBe(200);
  expect(await messagesOf(chat.id)).toEqual([{ body: "Look", seq: 2, pictures: 2 }]);
});

describe("without scripts", () => {
  const accept = "text/html";

  test("the same form sends pictures, and a text alone", async () => {
    const { chat, post } = await inAChat();
    for (const pictures of [["jpeg"], []]) {
      const answer = await post({ body: "Hello" }, pictures, { accept });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, `/chats/${chat.id}`]);
    }
    expect((await post({}, [], { accept })).status).toBe(422);
    expect(await messagesOf(chat.id)).toMatchObject([{ pictures: 1 }, { pictures: 0 }]);
  });

  test("a refused form comes back with its text, its good pictures and what is wrong with each", async () => {
    const { chat, post } = await inAChat();
    const answer = await post({ body: "Look" }, ["jpeg", "svg"], { accept });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(/<textarea[^>]*>Look<\/textarea>/);
    expect(page).toContain("This is not a picture that can be sent here.");
    const [, id = ""] = /name="kept" [^>]*value="([^"]+)"/.exec(page) ?? [];
    expect(page).toContain(`src="/chats/${chat.id}/attachments/${id}/thumbnail"`);
    const again = { kept: id, [`alt-${id}`]: "The front", body: "Look" };
    expect((await post(again, [], { accept })).status).toBe(303);
    expect(await messagesOf(chat.id)).toEqual([{ body: "Look", seq: 2, pictures: 1 }]);
    const [stored] = await sql<
      Pick<Attachment, "alt">[]
    >`select alt from attachments where id = ${id}`;
    expect(stored?.alt).toBe("The front");
  });
});
