import { randomUUID } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { objectKeys } from "~/attachments/attachment";
import { unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { type Storage, StorageError } from "~/storage/storage";
import { signIn } from "~test/built-server";
import { db } from "~test/database";
import { makeChat, makeStaged, makeUser } from "~test/factories";
import { makeDiskStorage, storages } from "~test/storages";
import { send, serveApp } from "~test/web";
import { attachmentPath, thumbnailPath } from "./paths";
import { answerPictures } from "./pictures.server";

let webp: Buffer;
beforeAll(async () => {
  const create = { width: 64, height: 48, channels: 3, background: "#2255aa" } as const;
  webp = await sharp({ create }).webp().toBuffer();
});

const serve = (storage: Storage) =>
  serveApp({
    pictures: answerPictures({ db, storage }),
    pages: (_req, res) => void res.status(418).end(),
  });

/** A picture that waits for its message, in a chat of two. */
async function makePicture(storage: Storage) {
  const chat = await makeChat(db);
  const { id } = await makeStaged(db, chat.buyer, chat.id, { bytes: webp.length });
  const keys = objectKeys(id);
  await storage.put(keys.full, webp, "image/webp");
  await storage.put(keys.thumbnail, webp.subarray(0, 50), "image/webp");
  const sendIt = async () => {
    const draft = { chatId: chat.id, clientId: randomUUID(), body: "" };
    const sent = await sendMessage(db, chat.buyer, { ...draft, pictures: [{ id, alt: null }] });
    if (!sent || !("message" in sent)) throw new Error("Not sent");
    return sent.message;
  };
  const [full, thumbnail] = [attachmentPath(chat.id, id), thumbnailPath(chat.id, id)];
  return { chat, id, keys, full, thumbnail, sendIt };
}

/** A server, a picture that was sent, and what asks for it. */
async function makeSent(storage: Storage = makeDiskStorage().storage) {
  const { origin, port } = await serve(storage);
  const picture = await makePicture(storage);
  const message = await picture.sendIt();
  const cookie = await signIn(db, picture.chat.seller);
  const ask = (headers = {}, path = picture.full, method = "GET") =>
    send(origin + path, { method, headers: { cookie, ...headers } });
  return { ...picture, message, origin, port, cookie, storage, ask };
}

describe.for(storages)("a picture in a storage (%s)", ([, make]) => {
  test("is shown whole, in part and as a thumbnail, and named so that nothing in it runs", async () => {
    const { id, ask, thumbnail, port, full, cookie } = await makeSent(await make());
    const response = await new Promise<IncomingMessage>((resolve) => {
      get({ port, path: full, headers: { cookie } }, resolve);
    });
    expect((await buffer(response)).equals(webp)).toBe(true);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      "content-type": "image/webp",
      "content-length": String(webp.length),
      "content-disposition": `inline; filename="picture-${id.slice(-12)}.webp"`,
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-cache",
      "cross-origin-resource-policy": "same-origin",
      "accept-ranges": "bytes",
      vary: "Accept",
    });
    const small = await ask({}, thumbnail);
    expect(small).toMatchObject({ status: 200, headers: { "content-length": "50" } });
    expect(small.headers.etag).not.toBe(response.headers.etag);

    const part = await ask({ range: "bytes=4-7" });
    expect(part).toMatchObject({
      status: 206,
      headers: { "content-range": `bytes 4-7/${webp.length}`, "content-length": "4" },
    });
    const { etag } = response.headers;
    expect((await ask({ range: "bytes=4-7", "if-range": etag })).status).toBe(206);
    expect((await ask({ range: "bytes=4-7", "if-range": '"another"' })).status).toBe(200);
    expect((await ask({ range: `bytes=${webp.length}-` })).status).toBe(416);
    const head = await ask({}, full, "HEAD");
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(head.headers["content-length"]).toBe(String(webp.length));
  });
});

test("what a browser kept is not sent again, and not shown any more once it is taken back", async () => {
  const { ask, chat, message, full, thumbnail, origin } = await makeSent();
  const etag = String((await ask()).headers.etag);
  for (const named of [etag, `W/${etag}`, `"another", ${etag}`]) {
    const again = await ask({ "if-none-match": named });
    expect(again).toMatchObject({ status: 304, body: "", headers: { etag } });
  }
  expect((await ask({ "if-none-match": '"another"' })).status).toBe(200);
  await unsendMessage(db, chat.buyer, { chatId: chat.id, seq: message.seq, windowMs: 60_000 });
  for (const viewer of [chat.buyer, chat.seller]) {
    const cookie = await signIn(db, viewer);
    for (const path of [full, thumbnail]) {
      const gone = await send(origin + path, { headers: { cookie, "if-none-match": etag } });
      expect(gone.status).toBe(404);
      expect(gone.headers["cache-control"]).toBe("private, no-store");
    }
  }
});

test("nobody else can tell a picture from none", async () => {
  const { origin, full, thumbnail, chat, id } = await makeSent();
  const other = await makeSent();
  const strangers: Viewer[] = [
    other.chat.buyer,
    await makeUser(db, { role: "moderator" }),
    await makeUser(db, { role: "admin" }),
  ];
  const answerTo = async (viewer: Viewer, path: string) => {
    const { status, body, headers } = await send(origin + path, {
      headers: { cookie: await signIn(db, viewer) },
    });
    return { status, body, etag: headers.etag, type: headers["content-type"] };
  };
  const none = await answerTo(chat.seller, attachmentPath(chat.id, randomUUID()));
  expect(none.status).toBe(404);
  for (const stranger of strangers) {
    for (const path of [full, thumbnail]) expect(await answerTo(stranger, path)).toEqual(none);
  }
  // One's own chat does not open another's picture.
  expect(await answerTo(other.chat.buyer, attachmentPath(other.chat.id, id))).toEqual(none);
  for (const path of [
    `/chats/${chat.id}/attachments/..%2f..%2fetc`,
    `/chats/%00/attachments/${id}`,
    attachmentPath(chat.id, `${id}x`),
  ]) {
    expect(await answerTo(chat.seller, path)).toEqual(none);
  }
});

test("a picture that waits for its message is its uploader's alone", async () => {
  const { storage } = makeDiskStorage();
  const { origin } = await serve(storage);
  const { chat, full, sendIt } = await makePicture(storage);
  const statusFor = async (viewer: Viewer) =>
    (await send(origin + full, { headers: { cookie: await signIn(db, viewer) } })).status;
  expect([await statusFor(chat.buyer), await statusFor(chat.seller)]).toEqual([200, 404]);
  await sendIt();
  expect([await statusFor(chat.buyer), await statusFor(chat.seller)]).toEqual([200, 200]);
});

test("who is not signed in gets 401, and a page for the address itself leads to the sign-in", async () => {
  const { origin, full } = await makeSent();
  expect(await send(origin + full)).toMatchObject({ status: 401, body: "" });
  expect(await send(origin + full, { headers: { accept: "text/html,*/*" } })).toMatchObject({
    status: 303,
    headers: { location: `/login?${new URLSearchParams({ redirectTo: full })}` },
  });
});

test("a client that takes no WebP gets a JPEG of its own name", async () => {
  const { ask, port, full, cookie, thumbnail } = await makeSent();
  const headers = { cookie, accept: "image/png,image/*;q=0.8,*/*;q=0.5" };
  const response = await new Promise<IncomingMessage>((resolve) => {
    get({ port, path: full, headers }, resolve);
  });
  expect(response.headers).toMatchObject({ "content-type": "image/jpeg", vary: "Accept" });
  const jpeg = await sharp(await buffer(response)).metadata();
  expect(jpeg).toMatchObject({ format: "jpeg", width: 64, height: 48 });
  const { etag } = response.headers;
  expect((await ask()).headers.etag).not.toBe(etag);
  expect((await ask({ ...headers, "if-none-match": etag })).status).toBe(304);
  expect((await ask({ ...headers, "if-none-match": etag }, thumbnail)).status).not.toBe(304);
});

test("a storage that is away, or lost an object, is said so and kept by no browser", async () => {
  const { storage, keys, ask } = await makeSent();
  await storage.remove([keys.full]);
  expect(await ask()).toMatchObject({ status: 404, headers: { "cache-control": /no-store/ } });
  const away = async () => {
    throw new StorageError("away", "Not there");
  };
  const { origin } = await serve({ ...storage, get: away });
  const { full, chat, sendIt } = await makePicture(storage);
  await sendIt();
  const headers = { cookie: await signIn(db, chat.buyer) };
  const answer = await send(origin + full, { headers });
  expect(answer).toMatchObject({ status: 503, body: "", headers: { "retry-after": "5" } });
  expect(answer.headers.etag).toBeUndefined();
  expect(answer.headers["cache-control"]).toBe("private, no-store");
});

test("a reader who leaves half way lets go of the storage", async () => {
  const { storage } = makeDiskStorage();
  const streams: { destroyed: boolean }[] = [];
  const watched: Storage = {
    ...storage,
    get: async (key, range) => {
      const object = await storage.get(key, range);
      if (object) streams.push(object.stream);
      return object;
    },
  };
  const { port, full, cookie, keys } = await makeSent(watched);
  await storage.put(keys.full, Buffer.alloc(30_000_000), "image/webp");
  const response = await new Promise<IncomingMessage>((resolve) => {
    get({ port, path: full, headers: { cookie }, agent: false }, resolve);
  });
  expect(streams[0]?.destroyed).toBe(false);
  response.destroy();
  await vi.waitUntil(() => streams[0]?.destroyed, 10_000);
});
