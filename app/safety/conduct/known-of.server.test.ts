import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { startChat } from "~/chats/start.server";
import { db, sql } from "~test/database";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { defaultFilters, type FiltersByKind, type Strength } from "../filters";
import { conductOf } from "./known-of.server";
import { printOf } from "./print";

const call =
  "Great news! We buy furniture at the best price. Visit our shop and get your money today.";
const question = "Hello, is it still available? I could come and collect it tomorrow evening.";

function atStrength(strength: Strength): FiltersByKind {
  const { bulk, new_account } = defaultFilters;
  return {
    ...defaultFilters,
    bulk: { ...bulk, strength },
    new_account: { ...new_account, strength },
  };
}

async function chatOf(buyer: Viewer, seller: Viewer): Promise<string> {
  const { reference } = await makeSubject(db, seller);
  const started = await startChat(db, buyer, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  return started.chatId;
}

/** As if he had sent it there a while ago. */
async function remember(sender: Viewer, chatId: string, text: string, ago = "1 hour") {
  await sql`insert into message_prints (message_id, chat_id, sender_id, print, created_at)
    values (${randomUUID()}, ${chatId}, ${sender.id}, ${String(printOf(text)?.print)},
      now() - ${ago}::interval)`;
}

async function makeWriter({
  chats,
  text,
  as = "buyer",
}: {
  chats: number;
  text: string;
  as?: "buyer" | "seller";
}) {
  // Old enough that only what he writes counts.
  const writer = await makeUser(db, { createdAt: new Date("2020-01-01") });
  const make = async () => {
    const other = await makeUser(db);
    return as === "buyer" ? chatOf(writer, other) : chatOf(other, writer);
  };
  for (let at = 0; at < chats; at++) await remember(writer, await make(), text);
  return { writer, chatId: await make() };
}

test.each([
  ["low", 8, undefined],
  ["low", 9, 10],
  ["normal", 3, undefined],
  ["normal", 4, 5],
  ["high", 1, undefined],
  ["high", 2, 3],
] as const)(
  "at %s strength a text that calls to something and went to %i people before: %s",
  async (strength, chats, bulkChats) => {
    const { writer, chatId } = await makeWriter({ chats, text: call });
    const body = call.replace("Great news", "Hi Anna, great news");
    const conduct = await conductOf(db, writer.id, { chatId, body }, atStrength(strength));
    expect(conduct.bulkChats).toBe(bulkChats);
  },
);

test("a buyer may ask eight sellers the same short question, and a seller give forty the same answer", async () => {
  const buyer = await makeWriter({ chats: 8, text: question });
  const asked = { chatId: buyer.chatId, body: question };
  expect(await conductOf(db, buyer.writer.id, asked, defaultFilters)).toEqual({});
  const answer = "Yes, it is still available, you can collect it tomorrow evening.";
  const seller = await makeWriter({ chats: 40, text: answer, as: "seller" });
  const answered = { chatId: seller.chatId, body: answer };
  expect(await conductOf(db, seller.writer.id, answered, defaultFilters)).toEqual({});
});

test("a seller who sends everybody who asks him to the same place is noticed later than a buyer", async () => {
  const few = await makeWriter({ chats: 12, text: call, as: "seller" });
  expect(
    await conductOf(db, few.writer.id, { chatId: few.chatId, body: call }, defaultFilters),
  ).toEqual({});
  const many = await makeWriter({ chats: 29, text: call, as: "seller" });
  expect(
    await conductOf(db, many.writer.id, { chatId: many.chatId, body: call }, defaultFilters),
  ).toEqual({ bulkChats: 30 });
});

test("other texts, other people's, yesterday's and the same chat's do not count", async () => {
  const { writer, chatId } = await makeWriter({ chats: 3, text: call });
  const other = await makeUser(db);
  await remember(writer, await chatOf(writer, other), question);
  await remember(writer, await chatOf(writer, other), call, "25 hours");
  await remember(other, await chatOf(other, writer), call);
  for (let time = 0; time < 5; time++) await remember(writer, chatId, call);
  expect(await conductOf(db, writer.id, { chatId, body: call }, defaultFilters)).toEqual({});
  await remember(writer, await chatOf(writer, other), call);
  const found = await conductOf(db, writer.id, { chatId, body: call }, defaultFilters);
  expect(found).toEqual({ bulkChats: 5 });
});

test("what is switched off is not looked at, and a short text is like no other", async () => {
  const { writer, chatId } = await makeWriter({ chats: 9, text: call });
  const off = { ...defaultFilters, bulk: { ...defaultFilters.bulk, isOn: false } };
  expect(await conductOf(db, writer.id, { chatId, body: call }, off)).toEqual({});
  expect(await conductOf(db, writer.id, { chatId, body: "Visit us" }, defaultFilters)).toEqual({});
});

test("an account in its first day that began many chats is known for it; an old one is not, nor who was asked", async () => {
  const [fresh, old] = [
    await makeUser(db),
    await makeUser(db, { createdAt: new Date("2020-01-01") }),
  ];
  const seller = await makeUser(db);
  const chats: Record<string, string> = {};
  for (const buyer of [fresh, old]) {
    for (let at = 0; at < 10; at++) chats[buyer.id] = await chatOf(buyer, seller);
  }
  const ask = (viewer: Viewer, chatId = chats[viewer.id] ?? "") =>
    conductOf(db, viewer.id, { chatId, body: "Hello" }, defaultFilters);
  expect(await ask(fresh)).toEqual({ newChats: 10 });
  expect(await ask(old)).toEqual({});
  expect(await ask(seller, chats[fresh.id])).toEqual({});
  const answering = await chatOf(old, fresh);
  expect(await ask(fresh, answering)).toEqual({});
  const { chatId } = { chatId: (await makeChat(db)).id };
  expect(await ask(fresh, chatId)).toEqual({});
});
