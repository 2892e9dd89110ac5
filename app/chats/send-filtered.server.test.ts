import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import type { Stage } from "~/safety/filters";
import { db, sql } from "~test/database";
import { makeChat, makeStaged } from "~test/factories";
import { makeInstance } from "~test/instances";
import { say } from "~test/sending";
import type { Filtered } from "./filtering.server";
import { editMessage, unsendMessage } from "./revise.server";
import { type Sent, sendMessage } from "./send.server";

type Chat = Awaited<ReturnType<typeof makeChat>>;

const mail = "Write to me at anna@example.com";
const phone = "Call me at +44 7700 900123";
const [firstHalf, secondHalf] = ["+44 7700", "900123"];
const windowMs = 900_000;

const draftFor = (chat: Chat, body: string, more: { confirm?: string; clientId?: string } = {}) => {
  return { chatId: chat.id, clientId: randomUUID(), body, ...more };
};

function filtered(sent: Sent | null): Filtered {
  if (!sent || !("told" in sent)) throw new Error(`Not filtered: ${JSON.stringify(sent)}`);
  return sent;
}

async function setStage({ reference }: Chat, stage: Stage) {
  await sql`update subjects set stage = ${stage} where reference = ${reference}`;
}

const bodies = (chat: Chat) =>
  sql`
  select body from chat_messages where chat_id = ${chat.id} and seq > 1 order by seq`.values();

const verdicts = (chat: Chat) => sql`
  select m.seq::int, v.version::int, v.action, v.stage, v.reasons, f.severity, f.source, f.person_id
  from message_verdicts v
  join chat_messages m on m.id = v.message_id
  left join flags f on f.message_id = m.id
  where m.chat_id = ${chat.id} order by m.seq, v.version`;

test("what is blocked is not stored, and its sender is told which words and why", async () => {
  const chat = await makeChat(db);
  const sent = await sendMessage(db, chat.seller, draftFor(chat, mail));
  expect(sent).toMatchObject({
    refused: "filtered",
    told: {
      action: "block",
      reasons: [{ kind: "email", words: ["anna@example.com"], isLater: true }],
    },
  });
  expect(filtered(sent).told.confirm).toBeUndefined();
  expect(await bodies(chat)).toEqual([]);
  expect(await sql`select from flags where chat_id = ${chat.id}`).toHaveLength(0);
  const [row] = await sql`select last_seq::int, version::int from chats where id = ${chat.id}`;
  expect(row).toEqual({ last_seq: 1, version: 2 });
});

test("what was blocked before the deal passes once it is paid, and not when it is cancelled", async () => {
  const chat = await makeChat(db);
  filtered(await sendMessage(db, chat.seller, draftFor(chat, mail)));
  await setStage(chat, "paid");
  await say(db, chat.seller, chat.id, mail);
  await setStage(chat, "cancelled");
  const { told } = filtered(await sendMessage(db, chat.seller, draftFor(chat, mail)));
  expect(told.reasons[0]?.isLater).toBeUndefined();
  expect(await verdicts(chat)).toHaveLength(0);
});

test("who is warned sends by confirming, which moderators hear of", async () => {
  const chat = await makeChat(db);
  const { told } = filtered(await sendMessage(db, chat.buyer, draftFor(chat, phone)));
  expect(told).toMatchObject({ action: "warn", reasons: [{ kind: "phone" }] });
  await say(db, chat.buyer, chat.id, phone, { confirm: told.confirm });
  expect(await bodies(chat)).toEqual([[phone]]);
  expect(await verdicts(chat)).toMatchObject([
    {
      seq: 2,
      version: 3,
      action: "warn",
      stage: "inquiry",
      reasons: [{ kind: "phone", action: "warn", words: ["+44 7700 900123"] }],
      source: "filter",
      person_id: chat.buyer.id,
    },
  ]);
});

test("a confirmation holds for one sender, one chat and one text, and never for what is blocked", async () => {
  const [chat, other] = [await makeChat(db), await makeChat(db)];
  const { told } = filtered(await sendMessage(db, chat.buyer, draftFor(chat, phone)));
  const { confirm } = told;
  const tries: [Viewer, Chat, string, string | undefined][] = [
    [chat.seller, chat, phone, confirm],
    [other.buyer, other, phone, confirm],
    [chat.buyer, chat, `${phone}!`, confirm],
    [chat.buyer, chat, `${phone} or ${mail}`, confirm],
    [chat.buyer, chat, phone, `${confirm?.slice(1)}x`],
    [chat.buyer, chat, phone, ""],
    [chat.buyer, chat, mail, confirm],
  ];
  for (const [sender, to, body, confirm] of tries) {
    filtered(await sendMessage(db, sender, draftFor(to, body, { confirm })));
  }
  expect(await bodies(chat)).toEqual([]);
  // On another instance, which knows nothing of the warning.
  await say(makeInstance(), chat.buyer, chat.id, phone, { confirm });
});

test("what is worse by the time it is confirmed is judged as it is then", async () => {
  const chat = await makeChat(db);
  await setStage(chat, "paid");
  await say(db, chat.seller, chat.id, mail);
  await setStage(chat, "inquiry");
  const both = `${phone} or ${mail}`;
  const { told } = filtered(await sendMessage(db, chat.seller, draftFor(chat, both)));
  expect(told.action).toBe("block");
  expect(told.reasons.map(({ kind }) => kind)).toEqual(["email", "phone"]);
});

test("a confirmed message that is sent again with its client id is one message", async () => {
  const chat = await makeChat(db);
  const first = draftFor(chat, phone);
  const { told } = filtered(await sendMessage(db, chat.buyer, first));
  const confirmed = { ...first, confirm: told.confirm };
  const [one, two] = [makeInstance(), makeInstance()];
  const sent = await Promise.all(
    Array.from({ length: 8 }, (_, at) => sendMessage(at % 2 ? one : two, chat.buyer, confirmed)),
  );
  const seqs = sent.map((answer) => answer && "message" in answer && answer.message.seq);
  expect(new Set(seqs)).toEqual(new Set([2]));
  // Stored it is a repeat, which nobody looks at again, also without its confirmation.
  expect(await sendMessage(db, chat.buyer, first)).toMatchObject({ repeated: true });
  expect(await verdicts(chat)).toHaveLength(1);
});

test("a refused message's client id is free: what is changed is stored under it", async () => {
  const chat = await makeChat(db);
  const draft = draftFor(chat, mail);
  for (let at = 0; at < 3; at += 1) filtered(await sendMessage(db, chat.buyer, draft));
  await say(db, chat.buyer, chat.id, "Write to me here", draft);
  expect(await sendMessage(db, chat.buyer, draft)).toEqual({ refused: "clientIdReused" });
});

test("of many that are sent at once one that is refused hurts no other", async () => {
  const chats = await Promise.all([makeChat(db), makeChat(db)]);
  const sent = await Promise.all(
    chats.flatMap((chat) =>
      ["One", mail, "Two", "Three", phone, "Four"].map((body) =>
        sendMessage(db, chat.buyer, draftFor(chat, body)),
      ),
    ),
  );
  expect(sent.map((one) => one && "message" in one)).toEqual(
    [...chats, ...chats].slice(0, 2).flatMap(() => [true, false, true, true, false, true]),
  );
  for (const chat of chats) {
    expect(await bodies(chat)).toEqual([["One"], ["Two"], ["Three"], ["Four"]]);
  }
});

test("messages that were given at once keep their order around those that go alone", async () => {
  const chat = await makeChat(db);
  await setStage(chat, "paid");
  const texts = ["One", mail, "Two", phone, mail, "Three", "Four", phone, "Five"];
  await Promise.all(texts.map((body) => sendMessage(db, chat.buyer, draftFor(chat, body))));
  expect(await bodies(chat)).toEqual(texts.map((body) => [body]));
});

test("an edit is judged as a message is, keeps what stands there, and can be confirmed", async () => {
  const chat = await makeChat(db);
  const { seq } = await say(db, chat.buyer, chat.id, "Hello there");
  const edit = (body: string, confirm?: string) =>
    editMessage(db, chat.buyer, { chatId: chat.id, seq, body, confirm, windowMs });
  expect(await edit(mail)).toMatchObject({ refused: "filtered", told: { action: "block" } });
  const warned = await edit(phone);
  if (!warned || !("told" in warned)) throw new Error("Not warned");
  expect(await bodies(chat)).toEqual([["Hello there"]]);
  expect(await edit(phone, warned.told.confirm)).toMatchObject({ message: { body: phone } });
  expect(await edit(phone)).toMatchObject({ message: { version: 4 } });
  expect(await verdicts(chat)).toMatchObject([{ seq, version: 4, action: "warn" }]);
  await setStage(chat, "paid");
  expect(await edit(mail)).toMatchObject({ message: { body: mail } });
});

test("words for pictures are read with the message, and its pictures wait for the next try", async () => {
  const chat = await makeChat(db);
  const picture = await makeStaged(db, chat.seller, chat.id);
  const draft = draftFor(chat, "");
  const send = (alt: string, body = "") => {
    const pictures = [{ id: picture.id, alt }];
    return sendMessage(db, chat.seller, { ...draft, body, pictures });
  };
  expect(filtered(await send(mail)).told.reasons).toMatchObject([{ kind: "email" }]);
  filtered(await send("A bicycle", mail));
  expect(await send("A bicycle", "Red")).toMatchObject({
    message: { type: "image", attachments: [{ id: picture.id, alt: "A bicycle" }] },
  });
});

test("what goes over several messages counts together, also when an earlier one was taken back or changed", async () => {
  for (const how of ["as it is", "taken back", "changed"] as const) {
    const chat = await makeChat(db);
    const { seq } = await say(db, chat.seller, chat.id, firstHalf);
    const revision = { chatId: chat.id, seq, windowMs };
    if (how === "taken back") await unsendMessage(db, chat.seller, revision);
    if (how === "changed") {
      await editMessage(db, chat.seller, { ...revision, body: "Good morning to you" });
    }
    const { told } = filtered(await sendMessage(db, chat.seller, draftFor(chat, secondHalf)));
    expect(told.reasons, how).toMatchObject([{ kind: "phone", isSplit: true }]);
  }
});

test("what the other side wrote between ends what counts together; what the chat says does not", async () => {
  const chat = await makeChat(db);
  await say(db, chat.seller, chat.id, firstHalf);
  await say(db, chat.buyer, chat.id, "What do you mean?");
  await setStage(chat, "paid");
  await say(db, chat.seller, chat.id, secondHalf);
  await setStage(chat, "inquiry");
  await say(db, chat.seller, chat.id, firstHalf);
  await sql`with ticked as (update chats set version = version + 1, last_seq = last_seq + 1
      where id = ${chat.id} returning id, version, last_seq)
    insert into chat_messages (id, chat_id, seq, created_version, version, type, event)
    select ${randomUUID()}, id, last_seq, version, version, 'system',
      '{"kind": "moderator_left"}'::jsonb from ticked`;
  filtered(await sendMessage(db, chat.seller, draftFor(chat, secondHalf)));
});

test("an edit that makes something of what came after it is refused", async () => {
  const chat = await makeChat(db);
  const { seq } = await say(db, chat.seller, chat.id, "Good morning to you");
  await setStage(chat, "paid");
  await say(db, chat.seller, chat.id, secondHalf);
  await setStage(chat, "inquiry");
  const edit = { chatId: chat.id, seq, body: firstHalf, windowMs };
  expect(await editMessage(db, chat.seller, edit)).toMatchObject({ refused: "filtered" });
});
