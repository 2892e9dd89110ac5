import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { databaseUrl, db, sql } from "~test/database";
import { isChange, nameOf, type Received } from "~test/event-reader";
import { makeSubject, makeUser } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say, seededRandom } from "~test/sending";
import { editMessage, unsendMessage } from "./revise.server";
import { startChat } from "./start.server";

const poll = { timeout: 20_000 };
const windowMs = 60_000;

class RolledBack extends Error {}

/** Two sellers, three buyers: six chats that share people. */
async function makeMarket() {
  const sellers = [await makeUser(db), await makeUser(db)];
  const buyers = [await makeUser(db), await makeUser(db), await makeUser(db)];
  const chats: { id: string; people: Viewer[] }[] = [];
  for (const seller of sellers) {
    for (const buyer of buyers) {
      const started = await startChat(db, buyer, (await makeSubject(db, seller)).reference);
      if (!started || !("chatId" in started)) throw new Error("No chat was started");
      chats.push({ id: started.chatId, people: [buyer, seller] });
    }
  }
  return { chats, people: [...sellers, ...buyers] };
}

type Market = Awaited<ReturnType<typeof makeMarket>>;

async function write({ chats }: Market, seed: number, steps: number) {
  const { below, oneOf } = seededRandom(seed);
  for (let step = 0; step < steps; step++) {
    const chat = oneOf(chats);
    const viewer = oneOf(chat.people);
    const what = below(10);
    const body = `Writer ${seed} says ${step}`;
    if (what < 6) await say(db, viewer, chat.id, body);
    else if (what < 7) {
      const undone = db.transaction(async (tx) => {
        await say(tx, viewer, chat.id, body);
        throw new RolledBack();
      });
      await undone.catch((error) => {
        if (!(error instanceof RolledBack)) throw error;
      });
    } else {
      const at = { chatId: chat.id, seq: 1 + below(12), windowMs };
      if (what < 9) await editMessage(db, viewer, { ...at, body });
      else await unsendMessage(db, viewer, at);
    }
  }
}

/** Every message of a person's chats with its version, as the database has it. */
async function truth({ chats }: Market, viewer: Viewer) {
  const ids = chats.filter(({ people }) => people.includes(viewer)).map(({ id }) => id);
  const rows = await sql`
    select chat_id, seq, version from chat_messages where chat_id = any(${ids}) and seq > 1`;
  return rows.map(({ chat_id, seq, version }) => `${chat_id} ${seq} ${version}`).sort();
}

function lastVersions(events: Received[]): string[] {
  const versions = new Map<string, unknown>();
  for (const { data } of events) {
    const { seq } = data.message as { seq: number };
    versions.set(`${data.chatId} ${seq}`, data.version);
  }
  return [...versions].map(([place, version]) => `${place} ${version}`).sort();
}

function checkOrder(events: Received[]) {
  expect(new Set(events.map(nameOf)).size).toBe(events.length);
  for (const chatId of new Set(events.map(({ data }) => data.chatId))) {
    const ofChat = events.filter(({ data }) => data.chatId === chatId);
    const versions = ofChat.map(({ data }) => Number(data.version));
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    const created = ofChat.filter(({ event }) => event === "message.created");
    const seqs = created.map(({ data }) => (data.message as { seq: number }).seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 2));
  }
}

test("streams that open, cut and resume at random on two instances end with the same", async () => {
  const servers = [await startLiveServer(db, databaseUrl), await startLiveServer(db, databaseUrl)];
  const market = await makeMarket();
  let writing = true;
  let begun = 0;

  async function read(viewer: Viewer, seed: number) {
    const { below, oneOf } = seededRandom(seed);
    const events: Received[] = [];
    let reader = await oneOf(servers).open(viewer);
    let cursor = await reader.start();
    begun++;
    while (writing) {
      const enough = reader.events.length + below(25);
      await expect
        .poll(() => !writing || reader.events.length >= enough, { ...poll, interval: 5 })
        .toBe(true);
      reader.cut();
      events.push(...reader.events.filter(isChange));
      cursor = reader.lastId ?? cursor;
      reader = await oneOf(servers).open(viewer, cursor);
    }
    const all = () => [...events, ...reader.events.filter(isChange)];
    await expect.poll(() => lastVersions(all()), poll).toEqual(await truth(market, viewer));
    return all();
  }

  const reading = market.people.flatMap((viewer, at) =>
    [1, 2].map((seed) => read(viewer, 100 * at + seed)),
  );
  await expect.poll(() => begun, poll).toBe(reading.length);
  await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => write(market, seed, 40)));
  writing = false;
  for (const events of await Promise.all(reading)) checkOrder(events);
  expect(servers.flatMap(({ errors }) => errors)).toEqual([]);
}, 60_000);

test("two instances tell the same to one person", async () => {
  const servers = [await startLiveServer(db, databaseUrl), await startLiveServer(db, databaseUrl)];
  const market = await makeMarket();
  const [viewer] = market.people;
  if (!viewer) throw new Error("An empty market");
  const readers = await Promise.all(servers.map((server) => server.open(viewer)));
  await Promise.all(readers.map((reader) => reader.start()));
  await Promise.all([11, 12, 13].map((seed) => write(market, seed, 15)));
  const expected = await truth(market, viewer);
  for (const reader of readers) {
    await expect.poll(() => lastVersions(reader.events.filter(isChange)), poll).toEqual(expected);
    checkOrder(reader.events.filter(isChange));
  }
});
