import { expect, onTestFinished, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { db, sql } from "~test/database";
import { makeSubject, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { say } from "~test/sending";
import { defaultFilters, type Filter, type FiltersByKind } from "../filters";
import { flushHits } from "../hits.server";
import { refreshSettings } from "../settings-cache.server";
import { countSettingsChange, lockSettings } from "../stored-settings.server";
import { gatherPrints } from "./gathering.server";
import { sweepPrints } from "./sweep.server";

const call = (name: string) =>
  `Hello ${name}, great news! We buy furniture at the best price. Visit our shop and get your money today.`;

const names = ["Anna", "Ben", "Chiara", "Dmitri", "Elif", "Fatma", "Goran", "Hugo"];

function gather(pool: Db = db) {
  const gathering = gatherPrints(pool);
  onTestFinished(gathering.stop);
  return gathering;
}

async function chatOf(buyer: Viewer, seller: Viewer): Promise<string> {
  const { reference } = await makeSubject(db, seller);
  const started = await startChat(db, buyer, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  return started.chatId;
}

const makeOld = () => makeUser(db, { createdAt: new Date("2020-01-01") });

/** Chats with so many people, begun by him or by them. */
async function makeWriter(people: number, as: "buyer" | "seller" = "buyer") {
  const [writer, other] = [await makeOld(), await makeOld()];
  const chats: string[] = [];
  for (let at = 0; at < people; at++) {
    chats.push(await (as === "buyer" ? chatOf(writer, other) : chatOf(other, writer)));
  }
  return { writer, chats };
}

const flagsOf = (writer: Viewer) =>
  sql`select f.seq, f.severity, f.source, v.reasons from flags f
    left join message_verdicts v on v.message_id = f.message_id where f.person_id = ${writer.id}`;
const printsOf = (writer: Viewer) =>
  sql`select chat_id from message_prints where sender_id = ${writer.id}`;
const isWatched = async ({ id }: Viewer) =>
  (
    await sql`select watched_until > now() + interval '20 hours' as is from users where id = ${id}`
  )[0]?.is === true;

async function sayToEach(writer: Viewer, chats: string[], pool: Db = db, text = call) {
  for (const [at, chatId] of chats.entries())
    await say(pool, writer, chatId, text(names[at % 8] ?? ""));
}

test("the same text in five chats that he began has all five flagged, once, and him watched", async () => {
  const { flush } = gather();
  const { writer, chats } = await makeWriter(5);
  await sayToEach(writer, chats.slice(0, 4));
  await flush();
  expect(await printsOf(writer)).toHaveLength(4);
  expect([await flagsOf(writer), await isWatched(writer)]).toMatchObject([[], false]);
  await sayToEach(writer, chats.slice(4));
  await flush();
  const flags = await flagsOf(writer);
  expect(flags).toHaveLength(5);
  expect(flags).toMatchObject(
    Array(5).fill({
      seq: "2",
      source: "filter",
      reasons: [{ kind: "bulk", action: "flag", chats: 5 }],
    }),
  );
  expect(await isWatched(writer)).toBe(true);
  await sayToEach(writer, chats.slice(0, 1));
  await flush();
  expect(await flagsOf(writer)).toHaveLength(6);
  await flushHits(db);
  expect(
    await sql`select count from filter_hits where what = 'bulk' and action = 'flag'`,
  ).toMatchObject([{ count: 6 }]);
});

test("a seller who gives eight people the same answer, and a buyer who asks eight the same, are left alone", async () => {
  const { flush } = gather();
  const seller = await makeWriter(8, "seller");
  await sayToEach(
    seller.writer,
    seller.chats,
    db,
    () => "Yes, it is still available, you can collect it tomorrow evening.",
  );
  const buyer = await makeWriter(8);
  await sayToEach(
    buyer.writer,
    buyer.chats,
    db,
    (name) => `Hello ${name}, is it still available? I could collect it tomorrow.`,
  );
  await flush();
  for (const { writer } of [seller, buyer]) {
    expect([await flagsOf(writer), await isWatched(writer)]).toMatchObject([[], false]);
  }
  expect(await printsOf(seller.writer)).toHaveLength(0);
});

test("what two processes sent is found together, and whatever both find is flagged once", async () => {
  const pools = [db, makeInstance(), makeInstance()];
  const gatherings = pools.map(gather);
  const { writer, chats } = await makeWriter(9);
  await Promise.all(
    pools.map((pool, at) => sayToEach(writer, chats.slice(at * 3, at * 3 + 3), pool)),
  );
  await Promise.all(gatherings.map(({ flush }) => flush()));
  expect(await flagsOf(writer)).toHaveLength(9);
  await Promise.all(pools.map((pool) => sayToEach(writer, chats.slice(0, 1), pool)));
  await Promise.all(gatherings.map(({ flush }) => flush()));
  const found = await flagsOf(writer);
  expect(found).toHaveLength(12);
  for (const { reasons } of found) expect(reasons).toHaveLength(1);
});

/** Until the end of the test. */
async function setBulk(filter: Partial<Filter>) {
  const set = async (filters: Partial<FiltersByKind>) => {
    await db.transaction(async (tx) => {
      await lockSettings(tx);
      await countSettingsChange(tx, { filters });
    });
    await refreshSettings(db);
  };
  await set({ bulk: { ...defaultFilters.bulk, ...filter } });
  onTestFinished(() => set({}));
}

test("nothing is looked at where the filter is off", async () => {
  const { flush } = gather();
  const { writer, chats } = await makeWriter(5);
  await setBulk({ isOn: false });
  await sayToEach(writer, chats);
  await flush();
  expect([await printsOf(writer), await flagsOf(writer)]).toMatchObject([[], []]);
});

test("at a stage where it may pass nothing is flagged", async () => {
  const { flush } = gather();
  const { writer, chats } = await makeWriter(5);
  await sql`update subjects set stage = 'paid'
    where id in (select subject_id from chats where buyer_id = ${writer.id} limit 2)`;
  await setBulk({ actions: { ...defaultFilters.bulk.actions, inquiry: "allow" } });
  await sayToEach(writer, chats);
  await flush();
  expect(await flagsOf(writer)).toHaveLength(2);
});

test("what was taken back is not queued for anybody to read", async () => {
  const { flush } = gather();
  const { writer, chats } = await makeWriter(6);
  await sayToEach(writer, chats.slice(0, 4));
  const [first] = chats;
  await unsendMessage(db, writer, { chatId: first ?? "", seq: 2, windowMs: 1e6 });
  await flush();
  await sayToEach(writer, chats.slice(4, 5));
  await flush();
  expect(await flagsOf(writer)).toHaveLength(4);
});

test("what was said of a version of a message stays when more comes to it", async () => {
  const { flush } = gather();
  const { writer, chats } = await makeWriter(5);
  await sayToEach(writer, chats);
  await sql`insert into message_verdicts (message_id, version, action, stage, reasons)
    select id, version, 'warn', 'inquiry', '[{"kind": "email", "action": "warn", "words": ["x"]}]'
    from chat_messages where sender_id = ${writer.id}`;
  await flush();
  const [flag, ...others] = await flagsOf(writer);
  expect(others).toHaveLength(4);
  expect(flag?.reasons).toMatchObject([{ kind: "email" }, { kind: "bulk" }]);
  await editMessage(db, writer, {
    chatId: chats[0] ?? "",
    seq: 2,
    windowMs: 1e6,
    body: "Hello Anna",
  });
  await sayToEach(writer, chats.slice(1, 2));
  await flush();
  expect(await flagsOf(writer)).toHaveLength(6);
});

test("prints of yesterday are forgotten, those of today are not, also by two at once", async () => {
  const { flush } = gather();
  const { writer, chats } = await makeWriter(2);
  await sayToEach(writer, chats);
  await flush();
  await sql`update message_prints set created_at = now() - interval '25 hours' where chat_id = ${chats[0] ?? ""}`;
  const removed = await Promise.all([sweepPrints(db), sweepPrints(db)]);
  expect(removed[0] + removed[1]).toBe(1);
  expect(await printsOf(writer)).toMatchObject([{ chat_id: chats[1] }]);
});

test("an account that begins ten chats on its first day is watched from then on; an older one never", async () => {
  const [fresh, old, seller] = [await makeUser(db), await makeOld(), await makeOld()];
  for (const [who, times] of [
    [fresh, 9],
    [old, 12],
  ] as const) {
    for (let time = 0; time < times; time++) await chatOf(who, seller);
    expect(await isWatched(who)).toBe(false);
  }
  await chatOf(fresh, seller);
  expect([await isWatched(fresh), await isWatched(old), await isWatched(seller)]).toEqual([
    true,
    false,
    false,
  ]);
});
