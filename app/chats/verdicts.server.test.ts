import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { readCaseChat } from "~/moderation/access/read-case-chat.server";
import { redactMessage } from "~/moderation/access/redacting.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { registry } from "~/operations/metrics.server";
import { gatherPrints } from "~/safety/conduct/gathering.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeStaged, makeSubject, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { say } from "~test/sending";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";
import { startChat } from "./start.server";

const mail = "Write to me at anna@example.com";
const phone = "Call me at +44 7700 900123";
const windowMs = 900_000;

type Draft = { confirm?: string; pictures?: { id: string; alt: string | null }[] };

const send = (
  sender: Viewer,
  chatId: string,
  body: string,
  { clientId = randomUUID(), ...draft }: Draft & { clientId?: string } = {},
  pool = db,
) => sendMessage(pool, sender, { chatId, clientId, body, ...draft });

async function warned(sender: Viewer, chatId: string, body: string, draft: Draft = {}) {
  const sent = await send(sender, chatId, body, draft);
  if (!sent || !("told" in sent) || !sent.told.confirm) throw new Error(JSON.stringify(sent));
  return sent.told.confirm;
}

const verdictsIn = (chatId: string) => sql`
  select m.seq::int, v.version::int, v.action, v.reasons from message_verdicts v
  join chat_messages m on m.id = v.message_id where m.chat_id = ${chatId}
  order by m.seq, v.version`;

test("who sends the same to many is watched, and his next one is flagged as it is stored", async () => {
  const { flush, stop } = gatherPrints(db);
  onTestFinished(stop);
  const [writer, other] = [
    await makeUser(db, { createdAt: new Date("2020-01-01") }),
    await makeUser(db),
  ];
  const chats: string[] = [];
  for (let at = 0; at < 6; at++) {
    const { reference } = await makeSubject(db, other);
    const started = await startChat(db, writer, reference);
    if (!started || !("chatId" in started)) throw new Error("No chat was started");
    chats.push(started.chatId);
  }
  const text =
    "Great news! We buy furniture at the best price. Visit our shop and get money today.";
  const [last = "", ...before] = chats;
  for (const chatId of before) await say(db, writer, chatId, text);
  await flush();
  expect(await sql`select from flags where person_id = ${writer.id}`).toHaveLength(5);
  // On another instance, which gathers nothing and has not heard of him.
  const { seq } = await say(makeInstance(), writer, last, text);
  expect(await verdictsIn(last)).toMatchObject([
    { seq, action: "flag", reasons: [{ kind: "bulk", chats: 6 }] },
  ]);
  expect(await sql`select source, seq::int from flags where chat_id = ${last}`).toEqual([
    { source: "filter", seq },
  ]);
  expect(await verdictsIn(before[0] ?? "")).toMatchObject([{ action: "flag" }]);
});

test("what moderators write is not judged, nor what is written to them in private", async () => {
  const { chat, moderator } = await makeCase(db);
  const draft = { chatId: chat.id, body: mail };
  for (const to of ["both", "seller"] as const) {
    const sent = await writeInCase(db, moderator, { ...draft, to, clientId: randomUUID() });
    expect(sent).toMatchObject({ message: { body: mail } });
  }
  expect(await send(moderator, chat.id, phone)).toMatchObject({ message: { body: phone } });
  const [row] = await sql`select id from chats where private_to = ${chat.seller.id}`;
  const thread = String(row?.id);
  const { seq } = await say(db, chat.seller, thread, mail);
  const edit = { chatId: thread, seq, body: phone, windowMs };
  expect(await editMessage(db, chat.seller, edit)).toMatchObject({ message: { body: phone } });
  for (const chatId of [chat.id, thread]) {
    expect(await verdictsIn(chatId)).toEqual([]);
    expect(await sql`select from flags where chat_id = ${chatId}`).toHaveLength(0);
  }
  // In the chat itself a side's words are judged as ever, also while moderators are there.
  expect(await send(chat.seller, chat.id, mail)).toMatchObject({ refused: "filtered" });
});

test("verdicts are counted by what was found and what came of it", async () => {
  const metric = registry.getSingleMetric("parley_filter_verdicts_total");
  const counted = async () => {
    const values = (await metric?.get())?.values ?? [];
    return Object.fromEntries(
      values.map(({ labels, value }) => [`${labels.kind} ${labels.action}`, value]),
    );
  };
  const before = await counted();
  const chat = await makeChat(db);
  await send(chat.seller, chat.id, mail);
  const confirm = await warned(chat.seller, chat.id, phone);
  await send(chat.seller, chat.id, phone, { confirm });
  await say(db, chat.seller, chat.id, "Good morning to you");
  const after = await counted();
  const more = Object.keys(after)
    .filter((key) => after[key] !== before[key])
    .map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)]);
  expect(Object.fromEntries(more)).toEqual({
    "email block": 1,
    "phone warn": 1,
    "phone confirmed": 1,
  });
});

describe("a message with pictures that was warned of", () => {
  test("is sent once with all of them when it is confirmed, however often that comes", async () => {
    const chat = await makeChat(db);
    const staged = [
      await makeStaged(db, chat.seller, chat.id),
      await makeStaged(db, chat.seller, chat.id),
    ];
    const pictures = staged.map(({ id }) => ({ id, alt: null }));
    const clientId = randomUUID();
    const confirm = await warned(chat.seller, chat.id, phone, { pictures });
    const waiting = sql`select from attachments
      where chat_id = ${chat.id} and message_id is null`;
    expect(await waiting).toHaveLength(2);
    const confirmed = { pictures, confirm, clientId };
    const other = makeInstance();
    const sent = await Promise.all(
      [db, other, db, other].map((pool) => send(chat.seller, chat.id, phone, confirmed, pool)),
    );
    for (const one of sent) {
      expect(one).toMatchObject({
        message: { seq: 2, body: phone, attachments: pictures.map(({ id }) => ({ id })) },
      });
    }
    expect(await verdictsIn(chat.id)).toHaveLength(1);
    expect(await sql`select from flags where chat_id = ${chat.id}`).toHaveLength(1);
    // Confirmed is the text: the same words with other pictures are another message's.
    expect(await send(chat.seller, chat.id, phone, { pictures, confirm })).toEqual({
      refused: "pictureGone",
    });
  });
});

test("each version keeps its verdict, for moderators alone, also when it was taken back or removed", async () => {
  const { chat, moderator } = await makeCase(db);
  const first = await say(db, chat.buyer, chat.id, phone, {
    confirm: await warned(chat.buyer, chat.id, phone),
  });
  const { seq } = first;
  const edit = { chatId: chat.id, seq, windowMs };
  await editMessage(db, chat.buyer, { ...edit, body: "Hello there" });
  const again = "Call me at +44 7700 900456";
  const told = await editMessage(db, chat.buyer, { ...edit, body: again });
  if (!told || !("told" in told)) throw new Error("Not warned");
  const { confirm } = told.told;
  const last = await editMessage(db, chat.buyer, { ...edit, body: again, confirm });
  if (!last || !("message" in last)) throw new Error("Not edited");
  const history = [
    { version: first.version, action: "warn", reasons: [{ words: ["+44 7700 900123"] }] },
    { version: last.message.version, action: "warn", reasons: [{ words: ["+44 7700 900456"] }] },
  ];
  const seen = async () => {
    const read = await readCaseChat(db, moderator, { chatId: chat.id, size: 40 });
    return read?.messages.find((message) => message.seq === seq);
  };
  expect(await seen()).toMatchObject({ body: again, verdicts: history });
  await unsendMessage(db, chat.buyer, edit);
  expect(await seen()).toMatchObject({ body: null, verdicts: history });
  await redactMessage(db, moderator, { chatId: chat.id, seq, reason: "A number" });
  const removed = await seen();
  expect(removed).toMatchObject({ isRedacted: true, verdicts: history });
  expect(removed?.earlier.map(({ body }) => body)).toEqual([phone, "Hello there", again, null]);
});
