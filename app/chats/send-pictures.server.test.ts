import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { connect } from "~/db/client.server";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat, makeStaged, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { readChanges } from "./changes.server";
import { closeChat } from "./close.server";
import { readHistory } from "./history.server";
import { listChats } from "./list.server";
import { readSnapshot } from "./live-source.server";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

async function withPictures(count: number, more: { body?: string; clientId?: string } = {}) {
  const chat = await makeChat(db);
  const draft = await draftOf(chat, chat.buyer, count, more);
  return { chat, draft };
}

async function draftOf(chat: TestChat, viewer: Viewer, count: number, more = {}) {
  const staged = await Promise.all(
    Array.from({ length: count }, () => makeStaged(db, viewer, chat.id)),
  );
  const pictures = staged.map(({ id }, at) => ({ id, alt: at ? `Picture ${at}` : null }));
  return { chatId: chat.id, clientId: randomUUID(), body: "", pictures, ...more };
}

const seen = async ({ id, seller }: TestChat) =>
  (await readHistory(db, seller, { chatId: id, size: 40 }))?.messages.slice(1) ?? [];

const taken = (ids: { id: string }[]) =>
  sql`select count(*)::int from attachments
    where message_id is not null and id = any(${ids.map(({ id }) => id)})`;

test("pictures are sent with their message, in their order, with the words for each", async () => {
  const { chat, draft } = await withPictures(3, { body: "Look" });
  const before = await readSnapshot(db);
  const sent = await sendMessage(db, chat.buyer, draft);
  if (!sent || !("message" in sent)) throw new Error("Not sent");
  const { message } = sent;
  expect(message).toMatchObject({ type: "image", body: "Look", seq: 2 });
  expect(message.attachments.map(({ id, alt }) => ({ id, alt }))).toEqual(draft.pictures);
  const [first] = message.attachments;
  expect(first).toEqual({
    id: first?.id,
    url: `/chats/${chat.id}/attachments/${first?.id}`,
    thumbnailUrl: `/chats/${chat.id}/attachments/${first?.id}/thumbnail`,
    width: 640,
    height: 480,
    bytes: 12_345,
    placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
    isAnimated: false,
    alt: null,
  });
  // The page, the list, what a stream catches up with and the answer all say the same.
  expect(await seen(chat)).toEqual([message]);
  const { chats } = await listChats(db, chat.seller, { filter: "all", size: 1 });
  expect(chats[0]?.lastMessage).toEqual(message);
  const { changes } = await readChanges(db, before, { userId: chat.seller.id });
  expect(changes.at(-1)?.data).toMatchObject({ message });
});

test("pictures need no words, and can be found by those they have", async () => {
  const { chat, draft } = await withPictures(1);
  const bare = await sendMessage(db, chat.buyer, draft);
  expect(bare).toMatchObject({ message: { type: "image", body: null } });
  await sendMessage(db, chat.buyer, await draftOf(chat, chat.buyer, 1, { body: "The scratch" }));
  const { chats } = await listChats(db, chat.seller, { filter: "all", q: "scratch", size: 5 });
  expect(chats[0]?.match).toMatchObject({ body: "The scratch", attachments: [{}] });
});

test("a repeat gets the first message back, whatever pictures it brings or lacks", async () => {
  const { chat, draft } = await withPictures(2, { body: "Look" });
  const first = await sendMessage(db, chat.buyer, draft);
  const again = await draftOf(chat, chat.buyer, 2, { body: "Look", clientId: draft.clientId });
  for (const repeat of [draft, again]) {
    expect(await sendMessage(db, chat.buyer, repeat)).toEqual({ ...first, repeated: true });
  }
  expect(await taken(again.pictures)).toEqual([{ count: 0 }]);
  const other = { ...again, body: "Look!" };
  expect(await sendMessage(db, chat.buyer, other)).toEqual({ refused: "clientIdReused" });
  await closeChat(db, chat.seller, chat.id);
  expect(await sendMessage(db, chat.buyer, again)).toEqual({ ...first, repeated: true });
});

test("a text's client id cannot be used for pictures, nor the other way round", async () => {
  const { chat, draft } = await withPictures(1, { body: "Look" });
  const { clientId } = draft;
  await say(db, chat.buyer, chat.id, "Look", { clientId });
  expect(await sendMessage(db, chat.buyer, draft)).toEqual({ refused: "clientIdReused" });
  const { pictures: _, ...text } = await draftOf(chat, chat.seller, 0, { body: "Look" });
  const image = await draftOf(chat, chat.seller, 1, { body: "Look", clientId: text.clientId });
  await sendMessage(db, chat.seller, image);
  expect(await sendMessage(db, chat.seller, text)).toEqual({ refused: "clientIdReused" });
});

test("the same client id ten times at once, each with uploads of its own, is one message", async () => {
  const { chat, draft } = await withPictures(2);
  const tries = await Promise.all(
    Array.from({ length: 10 }, () => draftOf(chat, chat.buyer, 2, { clientId: draft.clientId })),
  );
  const sent = await Promise.all(tries.map((one) => sendMessage(db, chat.buyer, one)));
  const [message, ...others] = await seen(chat);
  expect(others).toEqual([]);
  expect(message?.attachments).toHaveLength(2);
  for (const one of sent) expect(one).toMatchObject({ message });
  expect(await taken(tries.flatMap(({ pictures }) => pictures))).toEqual([{ count: 2 }]);
});

test("one picture goes into one of two messages that want it at once, on two instances", async () => {
  const other = connect(databaseUrl);
  onTestFinished(() => other.close());
  const { chat, draft } = await withPictures(3);
  const wants = (count: number) => ({
    ...draft,
    clientId: randomUUID(),
    pictures: draft.pictures.slice(0, count).reverse(),
  });
  const sent = await Promise.all([
    sendMessage(db, chat.buyer, draft),
    sendMessage(other.db, chat.buyer, wants(2)),
    sendMessage(db, chat.buyer, wants(1)),
    sendMessage(other.db, chat.buyer, wants(3)),
  ]);
  expect(sent.filter((one) => one && "message" in one)).toHaveLength(1);
  expect(sent.filter((one) => one && "refused" in one)).toEqual(
    Array(3).fill({ refused: "pictureGone" }),
  );
  const messages = await seen(chat);
  expect(messages).toHaveLength(1);
  expect(messages[0]?.seq).toBe(2);
});

test.each<[string, (chat: TestChat) => Promise<string>]>([
  ["that nobody uploaded", async () => randomUUID()],
  ["that the other one uploaded", async (chat) => (await makeStaged(db, chat.seller, chat.id)).id],
  [
    "that was uploaded for another chat",
    async (chat) => (await makeStaged(db, chat.buyer, (await makeChat(db)).id)).id,
  ],
  [
    "whose objects are not whole",
    async (chat) => (await makeStaged(db, chat.buyer, chat.id, { storedAt: null })).id,
  ],
])("with a picture %s nothing is sent, and the others stay for another try", async (_, make) => {
  const { chat, draft } = await withPictures(2);
  const wrong = { id: await make(chat), alt: null };
  const pictures = [...draft.pictures, wrong];
  const refused = { refused: "pictureGone" };
  expect(await sendMessage(db, chat.buyer, { ...draft, pictures })).toEqual(refused);
  expect(await seen(chat)).toEqual([]);
  expect(await sendMessage(db, chat.buyer, draft)).toMatchObject({ message: { seq: 2 } });
});

test("no picture is in a message twice, nor in a second one", async () => {
  const { chat, draft } = await withPictures(1);
  const [picture] = draft.pictures;
  const twice = { ...draft, pictures: [...draft.pictures, ...(picture ? [picture] : [])] };
  expect(await sendMessage(db, chat.buyer, twice)).toEqual({ refused: "pictureGone" });
  await sendMessage(db, chat.buyer, draft);
  const next = { ...draft, clientId: randomUUID() };
  expect(await sendMessage(db, chat.buyer, next)).toEqual({ refused: "pictureGone" });
  expect(await seen(chat)).toHaveLength(1);
});

test("a send that fails before its commit leaves its pictures for the next try", async () => {
  const { chat, draft } = await withPictures(2);
  const failing = db.transaction(async (tx) => {
    expect(await sendMessage(tx, chat.buyer, draft)).toMatchObject({ message: { seq: 2 } });
    throw new Error("The process dies");
  });
  await expect(failing).rejects.toThrow("The process dies");
  expect(await seen(chat)).toEqual([]);
  expect(await sendMessage(db, chat.buyer, draft)).toMatchObject({ message: { seq: 2 } });
});

test("strangers, and participants of a closed chat, send no pictures", async () => {
  const { chat, draft } = await withPictures(1);
  const stranger = await makeUser(db);
  const theirs = await makeStaged(db, stranger, chat.id);
  const pictures = [{ id: theirs.id, alt: null }];
  expect(await sendMessage(db, stranger, { ...draft, pictures })).toBeNull();
  await closeChat(db, chat.seller, chat.id);
  expect(await sendMessage(db, chat.buyer, draft)).toEqual({ refused: "notOpen" });
});

test("texts and pictures that are sent at once all stand in the chat, without a hole", async () => {
  const { chat, draft } = await withPictures(1);
  const drafts = await Promise.all(
    [1, 0, 2, 0, 0, 1].map((count, at) => draftOf(chat, chat.buyer, count, { body: `${at}` })),
  );
  await Promise.all([draft, ...drafts].map((one) => sendMessage(db, chat.buyer, one)));
  const messages = await seen(chat);
  expect(messages.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  const pictures = messages.map(({ body, attachments }) => [body ?? "-", attachments.length]);
  expect(new Map(pictures as [string, number][])).toEqual(
    new Map([
      ["-", 1],
      ["0", 1],
      ["1", 0],
      ["2", 2],
      ["3", 0],
      ["4", 0],
      ["5", 1],
    ]),
  );
});

test("the words beside pictures can be edited, and given to pictures that had none", async () => {
  const { chat, draft } = await withPictures(2);
  const first = await sendMessage(db, chat.buyer, draft);
  const edit = { chatId: chat.id, seq: 2, body: "The front, and the back", windowMs: 60_000 };
  const edited = await editMessage(db, chat.buyer, edit);
  expect(edited).toMatchObject({
    message: { type: "image", body: edit.body, attachments: [{}, {}] },
  });
  const repeat = await sendMessage(db, chat.buyer, draft);
  expect(repeat).toMatchObject({ repeated: true, message: { body: edit.body } });
  expect(first).toMatchObject({ message: { body: null } });
});

test("an unsent message shows no pictures, on no path", async () => {
  const { chat, draft } = await withPictures(2, { body: "Oops" });
  await sendMessage(db, chat.buyer, draft);
  const before = await readSnapshot(db);
  const at = { chatId: chat.id, seq: 2, windowMs: 60_000 };
  const unsent = await unsendMessage(db, chat.buyer, at);
  expect(unsent).toMatchObject({ message: { type: "image", body: null, attachments: [] } });
  expect(await seen(chat)).toMatchObject([{ body: null, attachments: [] }]);
  const { changes } = await readChanges(db, before, { userId: chat.seller.id });
  expect(changes.at(-1)?.data).toMatchObject({ message: { attachments: [] } });
});
