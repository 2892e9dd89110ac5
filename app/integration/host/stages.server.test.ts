import { randomUUID } from "node:crypto";
import { sql as statement } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import { closeChat } from "~/chats/close.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import type { Stage, SystemEvent } from "~/chats/system-event";
import type { Db } from "~/db/client.server";
import { freezeChat } from "~/moderation/access/freezing.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { makeDispute } from "~test/cases";
import { databaseUrl, db, sql } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeUser } from "~test/factories";
import { makeHost, makeHostUser } from "~test/hosts";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { saveSubject } from "./save-subject.server";
import type { SubjectInput } from "./subject";

const patience = { timeout: 15_000, interval: 20 };
const price = { amount: 12_000, currency: "EUR" };
const phone = "Call me at +44 7700 900123";
let host: Awaited<ReturnType<typeof makeHost>>;

beforeAll(async () => {
  host = await makeHost(db);
});

async function save(reference: string, said: Partial<SubjectInput>, on: Db = db) {
  const saved = await saveSubject(on, host, reference, { title: "A bicycle", price, ...said });
  if ("refused" in saved) throw new Error(`Was refused: ${saved.refused}`);
  return saved.subject;
}

async function makeOrder() {
  const seller = await makeHostUser(db);
  const reference = randomUUID();
  await save(reference, { sellerId: seller.id });
  return { seller, reference };
}

async function start(reference: string, buyer: Viewer, on: Db = db) {
  const started = await startChat(on, buyer, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  return started.chatId;
}

/** A chat about an order of the host's. */
async function makeChat() {
  const { seller, reference } = await makeOrder();
  const buyer = await makeUser(db);
  return { id: await start(reference, buyer), reference, buyer, seller };
}

const eventsOf = async (chatId: string) =>
  (
    await sql<{ event: SystemEvent }[]>`
      select event from chat_messages where chat_id = ${chatId} and event is not null order by seq`
  ).map(({ event }) => event);

const stagesOf = async (chatId: string) =>
  (await eventsOf(chatId)).flatMap((event) =>
    event.kind === "stage_changed" ? [`${event.from} ${event.to}`] : [],
  );

const rowOf = async (chatId: string) => {
  const [row] = await sql`
    select xmin::text, version::int, last_seq::int as seq from chats where id = ${chatId}`;
  return row;
};

test("a new stage is told in each chat that is open or frozen, and closed ones follow", async () => {
  const { reference, seller, id: open, buyer } = await makeChat();
  const frozen = { id: await start(reference, await makeUser(db)), reference, seller, buyer };
  const [closed, archived] = [
    await start(reference, await makeUser(db)),
    await start(reference, await makeUser(db)),
  ];
  const moderator = await makeUser(db, { role: "moderator" });
  const [side] = await sql`select buyer_id as id from chats where id = ${frozen.id}`;
  const disputeId = await makeDispute(db, {
    ...frozen,
    buyer: { ...buyer, id: side?.id, sessionId: "" },
  });
  await claimDispute(db, moderator, disputeId);
  const thread = await openPrivateThread(db, moderator, { chatId: frozen.id, side: "buyer" });
  await freezeChat(db, moderator, frozen.id, "For a test");
  await closeChat(db, seller, closed);
  await sql`update chats set status = 'archived', archived_at = now() where id = ${archived}`;
  const all = [open, frozen.id, closed, archived, thread?.chatId ?? ""];
  const before = await Promise.all(all.map(rowOf));
  await save(reference, { stage: "paid" });
  expect(await Promise.all(all.map(stagesOf))).toEqual([
    ["inquiry paid"],
    ["inquiry paid"],
    [],
    [],
    [],
  ]);
  const after = await Promise.all(all.map(rowOf));
  const moved = after.map((row, at) => [
    row?.version - before[at]?.version,
    row?.seq - before[at]?.seq,
  ]);
  expect(moved).toEqual([
    [2, 1],
    [2, 1],
    [1, 0],
    [0, 0],
    [1, 0],
  ]);
  expect(after[3]).toEqual(before[3]);
  for (const chatId of [open, frozen.id, closed]) {
    expect((await findChat(db, seller, chatId))?.subject.stage).toBe("paid");
  }
});

test("the same stage again, and what no chat shows, change no chat", async () => {
  const { id, reference } = await makeChat();
  await save(reference, { stage: "paid" });
  const before = await rowOf(id);
  await save(reference, { stage: "paid" });
  await save(reference, { description: "Little used" });
  expect(await rowOf(id)).toEqual(before);
});

test("both pages on every instance get the message and the chat as it is now", async () => {
  const { id, reference, buyer, seller } = await makeChat();
  const [one, two] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(makeInstance(), databaseUrl),
  ];
  const readers = [await one.open(buyer), await two.open(buyer), await two.open(seller)];
  for (const reader of readers) await reader.start();
  const last = (reader: EventReader, event: string) => reader.named(event).at(-1)?.data;
  await save(reference, { stage: "shipped" });
  for (const reader of readers) {
    await expect
      .poll(() => last(reader, "chat.updated"), patience)
      .toMatchObject({ chatId: id, chat: { subject: { stage: "shipped" }, lastSeq: 2 } });
    const event = { kind: "stage_changed", from: "inquiry", to: "shipped" };
    expect(last(reader, "message.created")).toMatchObject({ message: { seq: 2, event } });
  }
  const subject = { title: "A red bicycle", priceAmount: 900, priceCurrency: "JPY" };
  const picture = "/listings/bicycle.svg";
  await save(reference, {
    title: "A red bicycle",
    price: { amount: 900, currency: "JPY" },
    picture,
  });
  for (const reader of readers) {
    await expect
      .poll(() => last(reader, "chat.updated"), patience)
      .toMatchObject({ chat: { subject: { ...subject, picture, stage: "shipped" } } });
    expect(reader.named("message.created")).toHaveLength(1);
  }
  expect([...one.errors, ...two.errors]).toEqual([]);
});

test("messages are judged by the stage that is told before them", async () => {
  const { id, reference, buyer, seller } = await makeChat();
  const draft = (body = phone) => ({ chatId: id, clientId: randomUUID(), body });
  expect(await sendMessage(db, seller, draft())).toMatchObject({ refused: "filtered" });
  await save(reference, { stage: "paid" });
  await say(db, seller, id, phone);
  await save(reference, { stage: "inquiry" });
  expect(await sendMessage(db, seller, draft())).toMatchObject({ refused: "filtered" });

  // Who sends while the stage changes, plain words or others, on whichever instance.
  const other = makeInstance();
  for (let round = 0; round < 8; round += 1) {
    const stage: Stage = round % 2 ? "inquiry" : "paid";
    await Promise.all([
      ...Array.from({ length: 6 }, (_, at) =>
        sendMessage(at % 2 ? db : other, at % 3 ? seller : buyer, draft(at % 2 ? phone : "Yes")),
      ),
      save(reference, { stage }, round % 3 ? db : other),
    ]);
  }
  const rows = await sql<{ body: string | null; event: SystemEvent | null }[]>`
    select body, event from chat_messages where chat_id = ${id} order by seq`;
  let stage: Stage = "inquiry";
  let passed = 0;
  for (const { body, event } of rows) {
    if (event?.kind === "stage_changed") stage = event.to;
    if (body !== phone) continue;
    expect(stage).toBe("paid");
    passed += 1;
  }
  expect(passed).toBeGreaterThan(1);
  expect(await stagesOf(id)).toHaveLength(10);
}, 60_000);

test("changes that follow each other fast are told in order, and the last one stands", async () => {
  const { reference } = await makeOrder();
  const buyers = await Promise.all(Array.from({ length: 5 }, () => makeUser(db)));
  const chats = await Promise.all(buyers.map((buyer) => start(reference, buyer)));
  const other = makeInstance();
  const wanted: Stage[] = ["paid", "shipped", "completed", "cancelled", "inquiry"];
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      save(reference, { stage: wanted[at % wanted.length] }, at % 2 ? db : other),
    ),
  );
  const [row] = await sql`select stage from subjects where reference = ${reference}`;
  const told = await Promise.all(chats.map(stagesOf));
  for (const one of told) {
    expect(one).toEqual(told[0]);
    let stage = "inquiry";
    for (const [from, to] of one.map((change) => change.split(" "))) {
      expect(from).toBe(stage);
      stage = to ?? "";
    }
    expect(stage).toBe(row?.stage);
  }
});

test("a chat that is being started is told, or starts with the stage as it is then", async () => {
  const { reference } = await makeOrder();
  const [early, late] = [await makeUser(db), await makeUser(db)];
  let saving: Promise<unknown> = Promise.resolve();
  const first = await db.transaction(async (tx) => {
    const id = await start(reference, early, tx as unknown as Db);
    saving = save(reference, { stage: "paid" }, makeInstance());
    await expect.poll(async () => (await waitingBackends()).length, patience).toBe(1);
    return id;
  });
  await saving;
  expect(await stagesOf(first)).toEqual(["inquiry paid"]);

  const held = await holdOpen(async (tx) => {
    await tx`update subjects set stage = 'shipped' where reference = ${reference}`;
  });
  const starting = start(reference, late);
  await expect.poll(async () => (await waitingBackends()).length, patience).toBe(1);
  await held.commit();
  const second = await starting;
  expect(await stagesOf(second)).toEqual([]);
  expect((await findChat(db, late, second))?.subject.stage).toBe("shipped");
});

test("five hundred chats are told together, or none where it is killed half way", async () => {
  const { reference, id } = await makeChat();
  // Made without their messages: only their number counts.
  await sql`
    insert into users (id, name, email)
    select gen_random_uuid(), 'Buyer', 'buyer-' || n || '@many.example' from generate_series(1, 499) n`;
  await sql`
    insert into chats (id, subject_id, buyer_id)
    select gen_random_uuid(), s.id, u.id from subjects s, users u
    where s.reference = ${reference} and u.email like 'buyer-%@many.example'`;
  await sql`
    insert into chat_participants (chat_id, user_id, role)
    select c.id, c.buyer_id, 'buyer' from chats c join users u on u.id = c.buyer_id
    where u.email like 'buyer-%@many.example'`;
  const count = async () => {
    const [row] = await sql`
      select count(*)::int as told, count(distinct m.chat_id)::int as chats,
        (select stage from subjects where reference = ${reference}) as stage
      from chat_messages m join chats c on c.id = m.chat_id and m.version < c.version
      join subjects s on s.id = c.subject_id and s.reference = ${reference}
      where m.event ->> 'kind' = 'stage_changed' and c.state_version = c.version`;
    return row;
  };
  const [last] = await sql`
    select c.id from chats c join subjects s on s.id = c.subject_id
    where s.reference = ${reference} order by c.id desc limit 1`;
  const held = await holdOpen(async (tx) => {
    await tx`select from chats where id = ${last?.id} for update`;
  });
  const failing = save(reference, { stage: "paid" }, makeInstance());
  const failed = expect(failing).rejects.toThrow();
  await expect.poll(async () => (await waitingBackends()).length, patience).toBe(1);
  for (const pid of await waitingBackends()) await sql`select pg_terminate_backend(${pid})`;
  await failed;
  await held.rollBack();
  expect(await count()).toEqual({ told: 0, chats: 0, stage: "inquiry" });

  await save(reference, { stage: "paid" });
  expect(await count()).toEqual({ told: 500, chats: 500, stage: "paid" });
  expect(await eventsOf(id)).toMatchObject([{ kind: "chat_started" }, { kind: "stage_changed" }]);
  const [row] = await db.execute<{ details: string }>(statement`
    select details from audit_log where action = 'subject.stage_changed' order by seq desc limit 1`);
  expect(JSON.parse(row?.details ?? "")).toMatchObject({ from: "inquiry", to: "paid", chats: 500 });
}, 60_000);
