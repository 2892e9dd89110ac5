import { describe, expect, test } from "vitest";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";
import { findMessage } from "./messages.server";
import { editMessage, unsendMessage } from "./revise.server";

const minute = 60_000;
const [editWindow, unsendWindow] = [15 * minute, 24 * 60 * minute];

async function makeMessage(ageMs = 0) {
  const chat = await makeChat(db);
  const message = await say(db, chat.buyer, chat.id, "First words");
  await sql`
    update chat_messages set created_at = created_at - ${ageMs / 1_000} * interval '1 second'
    where id = ${message.id}`;
  const at = { chatId: chat.id, seq: message.seq };
  return {
    chat,
    id: message.id,
    read: () => findMessage(db, chat.id, message.seq),
    edit: (body: string, viewer = chat.buyer) =>
      editMessage(db, viewer, { ...at, body, windowMs: editWindow }),
    unsend: (viewer = chat.buyer) => unsendMessage(db, viewer, { ...at, windowMs: unsendWindow }),
  };
}

async function earlierBodies(id: string) {
  const rows = await sql`
    select body, version from chat_message_versions where message_id = ${id} order by version`;
  return rows.map(({ body, version }) => [body, Number(version)]);
}

const refused = { refused: "notAllowed" };

describe("one's own message", () => {
  test("can be edited, keeps its place and takes the chat's next version", async () => {
    const { chat, edit } = await makeMessage();
    await say(db, chat.seller, chat.id, "In between");
    expect(await edit("Better words")).toMatchObject({
      message: { seq: 2, version: 5, body: "Better words", editedAt: expect.any(String) },
    });
  });

  test("can be edited for 15 minutes and not after", async () => {
    expect(await (await makeMessage(editWindow - minute)).edit("In time")).toHaveProperty(
      "message",
    );
    const late = await makeMessage(editWindow + 1_000);
    expect(await late.edit("Late")).toEqual(refused);
    expect(await late.read()).toMatchObject({ body: "First words", editedAt: null });
  });

  test("can be unsent for 24 hours and not after", async () => {
    const inTime = await makeMessage(unsendWindow - minute);
    expect(await inTime.unsend()).toMatchObject({ message: { body: null, seq: 2 } });
    expect(await (await makeMessage(unsendWindow + 1_000)).unsend()).toEqual(refused);
  });

  test("is not edited after it was unsent", async () => {
    const { edit, unsend, read } = await makeMessage();
    await unsend();
    expect(await edit("Back again")).toEqual(refused);
    expect(await read()).toMatchObject({ body: null, deletedAt: expect.any(String) });
  });

  test("keeps all it ever said, in order", async () => {
    const { id, edit, unsend } = await makeMessage();
    await edit("Second words");
    await edit("Third words");
    await unsend();
    expect(await earlierBodies(id)).toEqual([
      ["First words", 3],
      ["Second words", 4],
      ["Third words", 5],
    ]);
  });

  test("is no longer found by what it said", async () => {
    const { id, unsend } = await makeMessage();
    await unsend();
    const [row] = await sql`select search::text search from chat_messages where id = ${id}`;
    expect(row).toEqual({ search: "" });
  });
});

describe("the same form again", () => {
  test("changes nothing after an edit, also when the time is over by then", async () => {
    const { id, edit, read } = await makeMessage();
    await edit("Better words");
    const once = await read();
    await sql`update chat_messages set created_at = created_at - interval '1 day' where id = ${id}`;
    expect(await edit("Better words")).toMatchObject({ message: { version: once?.version } });
    expect(await earlierBodies(id)).toHaveLength(1);
  });

  test("changes nothing after unsending", async () => {
    const { id, unsend, read } = await makeMessage();
    await unsend();
    const once = await read();
    expect(await unsend()).toEqual({ message: once });
    expect(await earlierBodies(id)).toHaveLength(1);
  });

  test("is one edit when it comes ten times at once", async () => {
    const { id, edit, read } = await makeMessage();
    await Promise.all(Array.from({ length: 10 }, () => edit("Better words")));
    expect(await read()).toMatchObject({ version: 4, body: "Better words" });
    expect(await earlierBodies(id)).toHaveLength(1);
  });
});

describe("what is not one's own", () => {
  test("cannot be changed by the other participant, nor told by guessing its words", async () => {
    const { chat, edit, unsend, read } = await makeMessage();
    expect(await edit("Not yours", chat.seller)).toEqual(refused);
    expect(await edit("First words", chat.seller)).toEqual(refused);
    expect(await unsend(chat.seller)).toEqual(refused);
    await unsend();
    expect(await unsend(chat.seller)).toEqual(refused);
    expect(await read()).toMatchObject({ sender: { id: chat.buyer.id } });
  });

  test("a system message cannot be changed by anybody", async () => {
    const { chat } = await makeMessage();
    const at = { chatId: chat.id, seq: 1, windowMs: unsendWindow };
    for (const viewer of [chat.buyer, chat.seller]) {
      expect(await editMessage(db, viewer, { ...at, body: "I started" })).toEqual(refused);
      expect(await unsendMessage(db, viewer, at)).toEqual(refused);
    }
  });

  test("a place without a message is as unknown as a chat without one", async () => {
    const { chat } = await makeMessage();
    const at = { chatId: chat.id, seq: 3, windowMs: unsendWindow };
    expect(await editMessage(db, chat.buyer, { ...at, body: "Hm" })).toBeNull();
    expect(await unsendMessage(db, chat.buyer, at)).toBeNull();
  });
});

test("edits and unsending at once leave one row that agrees with what is kept of it", async () => {
  for (let round = 0; round < 10; round++) {
    const { id, chat, edit, unsend, read } = await makeMessage();
    const edits = ["A", "B", "C"].map((body) => edit(body));
    const [, ...edited] = await Promise.all([unsend(), ...edits]);
    const done = edited.filter((one) => one && "message" in one).length;
    const message = await read();
    expect(message).toMatchObject({ body: null, deletedAt: expect.any(String) });
    const kept = await earlierBodies(id);
    expect(kept).toHaveLength(done + 1);
    expect(kept.map(([, version]) => version)).toEqual(kept.map((_, at) => at + 3));
    const [row] = await sql`select version from chats where id = ${chat.id}`;
    expect([message?.version, Number(row?.version)]).toEqual([done + 4, done + 4]);
  }
});
