import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test, vi } from "vitest";
import { closeChat } from "~/chats/close.server";
import { markRead } from "~/chats/positions.server";
import { sendMessage } from "~/chats/send.server";
import { openCase } from "~/moderation/disputes/open-dispute.server";
import { type Storage, StorageError } from "~/storage/storage";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { keysBelow, killedAt, later, makeSmallChat, meansOf, run } from "~test/kept-chats";
import { makeDiskStorage } from "~test/storages";
import { placeHold } from "../legal-holds.server";
import { ArchiveDamaged, type Done, type Means, type Step } from "../means";
import { archiveChat } from "./archive.server";
import { restoreChat } from "./restore.server";
import { listLeft, resumeArchive } from "./resume.server";
import { readRows } from "./rows.server";

vi.setConfig({ testTimeout: 120_000 });

const soon = new Date();

async function small() {
  const { storage } = makeDiskStorage();
  const chat = await makeSmallChat(db, storage);
  return { storage, means: meansOf(storage), chat };
}

const stateOf = async (chatId: string) => {
  const [row] = await sql`select c.status, a.state, a.object_key from chats c
    left join chat_archives a on a.chat_id = c.id where c.id = ${chatId}`;
  return row;
};

/** Does something once, when a step was made. */
function meanwhile(means: Means, at: Step, doIt: () => Promise<unknown>): Means {
  let isDone = false;
  const between = async (step: Step) => {
    if (step !== at || isDone) return;
    isDone = true;
    await doIt();
  };
  return { ...means, between };
}

describe("what happens between two steps", () => {
  test("a hold, a case and a change that come before a chat goes keep it where it is", async () => {
    const admin = await makeUser(db, { role: "admin" });
    const moderator = await makeUser(db, { role: "moderator" });
    type Chat = Awaited<ReturnType<typeof small>>["chat"];
    const acts: Record<string, (chat: Chat) => Promise<unknown>> = {
      held: ({ id: chatId }) =>
        placeHold(db, admin, { id: randomUUID(), chatId, reason: "A court asks", endsAt: null }),
      "held by a case": ({ id: chatId }) =>
        openCase(db, moderator, { chatId, statement: "Somebody complained" }),
      changed: ({ id }) => sql`update chats set version = version + 1 where id = ${id}`,
      "opened again": ({ id }) => sql`update chats set status = 'open' where id = ${id}`,
    };
    const steps = ["noted", "read", "written", "checked"] as const;
    for (const [at, [what, act]] of Object.entries(acts).entries()) {
      const step = steps[at] ?? "checked";
      const { storage, means, chat } = await small();
      const rows = await readRows(db, chat.id);
      const held = meanwhile(means, step, () => act(chat));
      const { outcome } = await run(db, held, chat.id, "archive");
      expect(["held", "notDue"], `${what} at ${step}`).toContain(outcome);
      expect((await stateOf(chat.id))?.state, `${what} at ${step}`).toBeNull();
      expect(await keysBelow(storage, "archives/")).toEqual([]);
      expect((await readRows(db, chat.id)).messages.slice(0, rows.messages.length)).toEqual(
        rows.messages,
      );
    }
  });

  test("nothing is said in a chat that is on its way, and who reads on is where he was", async () => {
    const { means, chat } = await small();
    const { id: chatId, buyer, seller } = chat;
    const tries: unknown[] = [];
    const disturbed = {
      ...means,
      between: async () => {
        const clientId = randomUUID();
        tries.push(await sendMessage(db, seller, { chatId, clientId, body: "Are you there" }));
        await markRead(db, buyer, { chatId, seq: 3 });
        await closeChat(db, buyer, chatId);
      },
    };
    const rows = await readRows(db, chatId);
    expect((await run(db, disturbed, chatId, "archive")).outcome).toBe("archived");
    expect((await restoreChat(db, disturbed, chatId, soon))?.outcome).toBe("restored");
    expect(tries.length).toBeGreaterThan(8);
    expect(new Set(tries.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ refused: "notOpen" })]),
    );
    expect(await readRows(db, chatId)).toEqual(rows);
  });
});

describe("two runs on one chat at once", () => {
  test.each(["archive", "restore", "delete"] as const)("%s once", async (what) => {
    const { storage, means, chat } = await small();
    const rows = await readRows(db, chat.id);
    if (what !== "archive") await run(db, means, chat.id, "archive");
    const act = (): Promise<Done | null> =>
      what === "restore" ? restoreChat(db, means, chat.id, soon) : run(db, means, chat.id, what);
    const came = await Promise.allSettled([act(), act(), act()]);
    const outcomes = came.map((one) =>
      one.status === "fulfilled" ? one.value?.outcome : String(one.reason),
    );
    // Who was overtaken says so, or finds its object gone; whoever comes last is through.
    for (let turn = 0; (await listLeft(db, null)).includes(chat.id); turn += 1) {
      expect(turn, outcomes.join()).toBeLessThan(3);
      await resumeArchive(db, means, chat.id, soon);
    }
    if (what === "archive" && !(await stateOf(chat.id))?.state) await act();
    const [counted] =
      await sql`select count(*)::int as n from chat_messages where chat_id = ${chat.id}`;
    const archives = await keysBelow(storage, `archives/${chat.id}/`);
    if (what === "archive") {
      expect(archives).toEqual([(await stateOf(chat.id))?.object_key]);
      expect(counted?.n).toBe(0);
      await restoreChat(db, means, chat.id, soon);
    }
    if (what === "delete") expect([counted?.n, archives]).toEqual([0, []]);
    else expect(await readRows(db, chat.id)).toEqual(rows);
  });

  test("one that was thought dead touches nothing of what the next one did", async () => {
    const steps: Step[] = ["noted", "read", "written", "checked", "moved", "batch", "emptied"];
    const { storage, means, chat } = await small();
    const rows = await readRows(db, chat.id);
    for (const step of steps) {
      const overtaken = meanwhile(means, step, async () => {
        await run(db, means, chat.id, "archive");
        await restoreChat(db, means, chat.id, soon);
      });
      const ended = await run(db, overtaken, chat.id, "archive").catch((error) => error);
      expect(["superseded", "archived"], `${step} ${ended}`).toContain(ended.outcome);
      // Also what the late one archived anew is whole.
      if ((await stateOf(chat.id))?.status === "archived") {
        await restoreChat(db, means, chat.id, soon);
      }
      await resumeArchive(db, means, chat.id, soon);
      expect(await readRows(db, chat.id), step).toEqual(rows);
      expect(await keysBelow(storage, "archives/"), step).toEqual([]);
    }
  });
});

describe("a storage that", () => {
  type Fault = { [Name in keyof Storage]?: (storage: Storage) => Storage[Name] };
  const away = () => new StorageError("away", "The storage is away");
  const faults: Record<string, Fault> = {
    "is full": { put: () => () => Promise.reject(new StorageError("full", "No room")) },
    "loses the answer to a put": {
      put:
        (storage) =>
        async (...args) => {
          await storage.put(...args);
          throw away();
        },
    },
    "stores something else": {
      put: (storage) => (key, bytes, type) => storage.put(key, bytes.slice(1), type),
    },
    "cannot be read": { get: () => () => Promise.reject(away()) },
    "ends in the middle": {
      get: () => async () => ({
        stream: Readable.from([Buffer.from([31])]),
        ...{ bytes: 100, first: 0, last: 99 },
      }),
    },
    "has nothing": { get: () => async () => null },
    "cannot remove": { remove: () => () => Promise.reject(away()) },
    "says that it removed": { remove: () => async () => {} },
    "cannot list": {
      list: () =>
        async function* () {
          yield* [];
          throw away();
        },
    },
  };
  const broken = (storage: Storage, fault: Fault): Storage => {
    const names = Object.keys(fault) as (keyof Storage)[];
    return {
      ...storage,
      ...Object.fromEntries(names.map((name) => [name, fault[name]?.(storage)])),
    };
  };

  test.each(Object.entries(faults))("%s takes nothing away", async (name, fault) => {
    const { storage, means, chat } = await small();
    const rows = await readRows(db, chat.id);
    const bad = meansOf(broken(storage, fault));
    await run(db, bad, chat.id, "archive").catch(() => {});
    if ((await stateOf(chat.id))?.status === "closed") {
      expect(await readRows(db, chat.id)).toEqual(rows);
    }
    await run(db, means, chat.id, "archive");
    expect(await stateOf(chat.id)).toMatchObject({ status: "archived", state: "archived" });

    await restoreChat(db, bad, chat.id, soon).catch(() => {});
    const kept = await stateOf(chat.id);
    if (kept?.status === "archived")
      expect(await keysBelow(storage, kept.object_key)).toHaveLength(1);
    await resumeArchive(db, means, chat.id, soon);
    if ((await stateOf(chat.id))?.status === "archived") {
      await restoreChat(db, means, chat.id, soon);
    }
    expect(await readRows(db, chat.id)).toEqual(rows);
    expect(await keysBelow(storage, "archives/")).toEqual([]);

    await run(db, means, chat.id, "archive");
    const ended = await run(db, bad, chat.id, "delete").catch((error) => error);
    // Objects that may be there are never forgotten: their rows go after them.
    const objects = await keysBelow(storage, "");
    if (objects.length) expect((await stateOf(chat.id))?.state, `${ended}`).toBe("deleting");
    if (await stateOf(chat.id)) await run(db, means, chat.id, "delete");
    expect(await stateOf(chat.id)).toBeUndefined();
    expect(await keysBelow(storage, ""), name).toEqual([]);
  });

  test("has a damaged archive keeps it, and says that it cannot be brought back", async () => {
    const { storage, means, chat } = await small();
    await run(db, means, chat.id, "archive");
    const key = (await stateOf(chat.id))?.object_key;
    await storage.put(key, Buffer.from("not what it was"), "application/gzip");
    const restoring = restoreChat(db, means, chat.id, soon);
    await expect(restoring).rejects.toThrow(ArchiveDamaged);
    expect(await stateOf(chat.id)).toMatchObject({ status: "archived", state: "archived" });
  });
});

describe("a chat", () => {
  test("of nothing at all goes and comes back", async () => {
    const means = meansOf(makeDiskStorage().storage);
    const chat = await makeChat(db);
    await closeChat(db, chat.buyer, chat.id);
    await sql`delete from chat_messages where chat_id = ${chat.id}`;
    await sql`update chats set last_seq = 0 where id = ${chat.id}`;
    expect(await run(db, means, chat.id, "archive")).toMatchObject({
      outcome: "archived",
      messages: 0,
    });
    const back = await restoreChat(db, means, chat.id, soon);
    expect(back).toMatchObject({ outcome: "restored", messages: 0 });
  });
});

test("a process that is told to stop ends after its batch, and the next one goes on", async () => {
  const { means, chat } = await small();
  const stop = new AbortController();
  const stopping = meanwhile({ ...means, signal: stop.signal }, "moved", async () => stop.abort());
  await expect(archiveChat(db, stopping, chat.id, later)).rejects.toThrow("aborted");
  expect(await stateOf(chat.id)).toMatchObject({ status: "archived", state: "moving" });
  const { steps, means: counted } = killedAt(means, 0);
  expect(await run(db, counted, chat.id, "archive")).toMatchObject({ outcome: "archived" });
  expect(steps).not.toContain("written");
});
