import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { chatPaths } from "~test/chat-paths";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { closeChat } from "./close.server";
import { idShape } from "./drafts";
import { readHistory } from "./history.server";
import { listChats, listUnread } from "./list.server";
import { markRead } from "./positions.server";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

describe("someone else's chat is the same as none", () => {
  let chat: TestChat;
  let stranger: Viewer;
  beforeAll(async () => {
    chat = await makeChat(db);
    await say(db, chat.buyer, chat.id, "Between us");
    stranger = (await makeChat(db)).buyer;
  });

  test.each(chatPaths)("to %s", async (_, act) => {
    const before = await sql`select * from chats where id = ${chat.id}`;
    expect(await act(db, stranger, chat.id)).toBeNull();
    expect(await act(db, stranger, randomUUID())).toBeNull();
    expect(await sql`select * from chats where id = ${chat.id}`).toEqual(before);
  });

  test.each(["moderator", "admin"] as const)("to a %s without a case", async (role) => {
    const viewer = await makeUser(db, { role });
    for (const [, act] of chatPaths) expect(await act(db, viewer, chat.id)).toBeNull();
  });

  test("in the list and in its search", async () => {
    const list = await listChats(db, stranger, { filter: "all", q: "Between", size: 30 });
    expect(list).toEqual({ chats: [], next: null });
    expect(await listUnread(db, stranger)).toEqual([]);
  });
});

test.each([
  "",
  "1",
  "null",
  "../etc",
  "0190d5d2-0000-7000-8000-00000000000g",
  "\0",
  "a".repeat(9_999),
])("an id of the wrong shape is refused before it reaches the database: %#", (id) => {
  expect(idShape.safeParse(id).success).toBe(false);
});

describe("in a chat that is not open", () => {
  test.each(["closed", "frozen", "archived"])(
    "%s: nobody writes, both still read",
    async (status) => {
      const chat = await makeChat(db);
      const message = await say(db, chat.buyer, chat.id, "Before");
      await sql`update chats set status = ${status}, closed_at = now(),
          archived_at = case when ${status} = 'archived' then now() end
        where id = ${chat.id}`;
      const draft = { chatId: chat.id, clientId: randomUUID(), body: "After" };
      for (const viewer of [chat.buyer, chat.seller]) {
        expect(await sendMessage(db, viewer, draft)).toEqual({ refused: "notOpen" });
      }
      const at = { chatId: chat.id, seq: message.seq, windowMs: 60_000 };
      const refused = { refused: "notAllowed" };
      expect(await editMessage(db, chat.buyer, { ...at, body: "Changed" })).toEqual(refused);
      expect(await unsendMessage(db, chat.buyer, at)).toEqual(refused);
      const history = await readHistory(db, chat.seller, { chatId: chat.id, size: 40 });
      expect(history?.messages.map(({ body }) => body)).toEqual([null, "Before"]);
      expect(await markRead(db, chat.seller, { chatId: chat.id, seq: 2 })).toEqual({ read: true });
    },
  );

  test("closing says who closed it, once, however often and by whom it is asked", async () => {
    const chat = await makeChat(db);
    const closings = await Promise.all(
      [chat.seller, chat.buyer, chat.seller, chat.buyer].map((viewer) =>
        closeChat(db, viewer, chat.id),
      ),
    );
    expect(closings).toEqual(closings.map(() => ({ closed: true })));
    const history = await readHistory(db, chat.buyer, { chatId: chat.id, size: 40 });
    expect(history?.chat).toMatchObject({ status: "closed", lastSeq: 2, version: 4 });
    expect(history?.messages.at(-1)).toMatchObject({
      type: "system",
      sender: null,
      body: null,
      event: { kind: "chat_closed" },
    });
  });

  test("a frozen chat cannot be closed by those in it", async () => {
    const chat = await makeChat(db);
    await sql`update chats set status = 'frozen' where id = ${chat.id}`;
    expect(await closeChat(db, chat.buyer, chat.id)).toEqual({ refused: "notOpen" });
  });
});
