import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { makeInstance } from "~test/instances";
import { readHistory } from "./history.server";
import type { Message } from "./message";
import { type Sent, sendMessage } from "./send.server";

const [writers, each] = [8, 200];

const draft = ({ id }: { id: string }, body: string) => ({
  chatId: id,
  clientId: randomUUID(),
  body,
});

class RolledBack extends Error {}

function accepted(sent: Sent | null): Message {
  if (!sent || !("message" in sent)) throw new Error(`Not sent: ${JSON.stringify(sent)}`);
  return sent.message;
}

test("eight writers with repeats and rollbacks leave one gapless order, the same for all", async () => {
  const chat = await makeChat(db);
  const answers = new Map<string, Message>();
  const undone = new Set<string>();

  async function sendOne(writer: number, at: number) {
    const viewer = writer % 2 ? chat.buyer : chat.seller;
    const clientId = randomUUID();
    const draft = { chatId: chat.id, clientId, body: `Writer ${writer} says ${at}` };
    if (at % 7 === 0) {
      undone.add(draft.body);
      const sending = db.transaction(async (tx) => {
        accepted(await sendMessage(tx, viewer, draft));
        throw new RolledBack();
      });
      await expect(sending).rejects.toThrow(RolledBack);
      return;
    }
    const times = at % 5 === 0 ? 3 : 1;
    const sent = await Promise.all(
      Array.from({ length: times }, () => sendMessage(db, viewer, draft)),
    );
    if (at % 11 === 0) sent.push(await sendMessage(db, viewer, draft));
    const firsts = sent.filter((one) => one && "message" in one && !one.repeated);
    expect(firsts).toHaveLength(1);
    const [message, ...repeats] = sent.map(accepted);
    if (!message) throw new Error("Nothing was answered");
    for (const repeat of repeats) expect(repeat).toEqual(message);
    answers.set(draft.body, message);
  }

  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let at = 1; at <= each; at++) await sendOne(writer, at);
    }),
  );

  const total = answers.size + 1;
  expect(answers.size + undone.size).toBe(writers * each);
  const [buyers, sellers] = await Promise.all(
    [chat.buyer, chat.seller].map((viewer) =>
      readHistory(db, viewer, { chatId: chat.id, size: 2 * total }),
    ),
  );
  expect(sellers).toEqual(buyers);
  const messages = buyers?.messages ?? [];
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, at) => at + 1));
  expect(messages.map(({ version }) => version)).toEqual(messages.map(({ seq }) => seq + 1));
  expect(buyers?.chat).toMatchObject({ lastSeq: total, version: total + 1 });
  for (const message of messages.slice(1)) {
    expect(answers.get(message.body ?? "")).toEqual(message);
  }
  expect(messages.some(({ body }) => undone.has(body ?? ""))).toBe(false);
}, 60_000);

test("times of messages follow their places, also in one millisecond", async () => {
  const chat = await makeChat(db);
  const send = (at: number) => sendMessage(db, chat.buyer, draft(chat, `I say ${at} now`));
  await db.transaction(async () => {
    await Promise.all(Array.from({ length: 40 }, (_, at) => send(at)));
  });
  const rows = await sql`
    select created_at::text at from chat_messages where chat_id = ${chat.id} order by seq`;
  const times = rows.map(({ at }) => at as string);
  expect(times).toEqual([...times].sort());
});

const bodies = async ({ id }: { id: string }) =>
  (
    await sql`select body from chat_messages where chat_id = ${id} and seq > 1 order by seq`.values()
  ).flat();

test("what needs a closer look does not overtake what waits because the batch is full", async () => {
  const instance = makeInstance();
  const [busy, chat] = await Promise.all([makeChat(db), makeChat(db)]);
  const many = Array.from({ length: 200 }, () => draft(busy, "Yes please"));
  const said = ["Yes please", "12 55", "Thank you"];
  const sending = [
    ...many.map((one) => sendMessage(instance, busy.buyer, one)),
    ...said.map((body) => sendMessage(instance, chat.buyer, draft(chat, body))),
  ];
  for (const sent of await Promise.all(sending)) accepted(sent);
  expect(await bodies(chat)).toEqual(said);
});

test("what somebody sends whose messages are all looked at keeps its order", async () => {
  const instance = makeInstance();
  const chat = await makeChat(db);
  await sql`update users set watched_until = now() + interval '1 hour' where id = ${chat.buyer.id}`;
  const said = [
    "Good day",
    "Is it red",
    "It looks red",
    "Or green",
    "I like green",
    "12",
    "Or blue",
  ];
  const sent = said.map((body) => sendMessage(instance, chat.buyer, draft(chat, body)));
  for (const one of await Promise.all(sent)) accepted(one);
  expect(await bodies(chat)).toEqual(said);
});
