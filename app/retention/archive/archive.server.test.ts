import { describe, expect, test, vi } from "vitest";
import { db, sql } from "~test/database";
import {
  Killed,
  keysBelow,
  killedAt,
  makeWholeChat,
  meansOf,
  rowsNaming,
  run,
  stateOf,
  tellingSteps,
} from "~test/kept-chats";
import { makeDiskStorage } from "~test/storages";
import { restoreChat } from "./restore.server";
import { listLeft, resumeArchive } from "./resume.server";
import { readRows } from "./rows.server";

vi.setConfig({ testTimeout: 120_000 });

/** Long before `later`: what comes back then is due then again. */
const soon = new Date();

async function whole() {
  const { storage } = makeDiskStorage();
  const chat = await makeWholeChat(db, storage);
  return { storage, means: meansOf(storage), chat, ids: [chat.id, chat.threadId] };
}

const messagesLeft = async (ids: string[]) => {
  const [row] = await sql`select count(*)::int as n from chat_messages where chat_id = any(${ids})`;
  return row?.n;
};

const states = (ids: string[]) =>
  sql`select c.status, a.state, a.messages from chats c left join chat_archives a on a.chat_id = c.id
    where c.id = any(${ids}) order by c.id`;

/** What may differ between two runs to the same end: moments, versions, random keys, the log. */
function comparable({ rows, objects }: Awaited<ReturnType<typeof stateOf>>) {
  const { audit_log: _, chat_archives: archives, chats, ...others } = rows;
  const without = (rows: string[] | undefined, ...names: string[]) =>
    rows?.map((row) => {
      const fields = Object.entries(JSON.parse(row));
      return Object.fromEntries(fields.filter(([name]) => !names.includes(name)));
    });
  return {
    others,
    objects,
    archives: without(
      archives,
      ...["object_key", "sha256", "bytes", "started_at", "stepped_at", "chat_version"],
    ),
    chats: without(chats, "version", "state_version", "changed_xid", "restored_at"),
  };
}

test("a chat goes into the storage, and comes back row by row as it was", async () => {
  const { storage, means, chat, ids } = await whole();
  const before = await stateOf(db, storage, ids);
  const rowsBefore = [await readRows(db, chat.id), await readRows(db, chat.threadId)];
  const search = () => sql`select seq, search::text from chat_messages
    where chat_id = any(${ids}) order by chat_id, seq`;
  const words = await search();

  const done = await run(db, means, chat.id, "archive");
  expect(done).toMatchObject({ outcome: "archived", messages: words.length });
  expect(done.bytes).toBeGreaterThan(500);
  expect(await messagesLeft(ids)).toBe(0);
  expect(await states(ids)).toMatchObject([
    { status: "archived", state: "archived" },
    { status: "archived", state: "archived" },
  ]);
  expect(await keysBelow(storage, "archives/")).toHaveLength(2);

  const restored = await restoreChat(db, means, chat.id, soon);
  expect(restored).toMatchObject({ outcome: "restored", messages: words.length });
  expect([await readRows(db, chat.id), await readRows(db, chat.threadId)]).toEqual(rowsBefore);
  expect(await search()).toEqual(words);
  expect(await keysBelow(storage, "archives/")).toEqual([]);
  expect(comparable(await stateOf(db, storage, ids))).toEqual(comparable(before));
  const said = await sql`select action, actor_role, details::jsonb as details from audit_log
    where chat_id = ${chat.id} and action like 'chat.%ed' order by seq desc limit 2`;
  expect(said.map(({ action }) => action)).toEqual(["chat.restored", "chat.archived"]);
  const counted = { messages: rowsBefore[0]?.messages.length, pictures: 2 };
  expect(said[1]).toMatchObject({ actor_role: "system", details: counted });
});

describe("a run that is killed at any step and run again", () => {
  /** One that was archived and came back undisturbed, and what its rows and objects were each time. */
  async function undisturbed() {
    const it = await whole();
    const archiving = killedAt(it.means, 0);
    await run(db, archiving.means, it.chat.id, "archive");
    const gone = comparable(await stateOf(db, it.storage, it.ids));
    const restoring = killedAt(it.means, 0);
    await restoreChat(db, restoring.means, it.chat.id, soon);
    const back = comparable(await stateOf(db, it.storage, it.ids));
    return { it, gone, back, archiving: archiving.steps, restoring: restoring.steps };
  }

  test("archives to the same end, and is whole all the while", async () => {
    const { it, gone, back, archiving } = await undisturbed();
    for (const n of tellingSteps(archiving)) {
      const killed = killedAt(it.means, n);
      await expect(run(db, killed.means, it.chat.id, "archive"), `${n}`).rejects.toThrow(Killed);
      const at = `${n}: ${killed.steps.at(-1)}`;
      const [{ status } = { status: "" }] = await states([it.chat.id]);
      const objects = await keysBelow(it.storage, `archives/${it.chat.id}/`);
      if (status === "closed") expect(await messagesLeft(it.ids), at).toBeGreaterThan(10);
      else expect(objects, at).toHaveLength(1);
      await run(db, it.means, it.chat.id, "archive");
      expect(comparable(await stateOf(db, it.storage, it.ids)), at).toEqual(gone);
      await restoreChat(db, it.means, it.chat.id, soon);
      expect(comparable(await stateOf(db, it.storage, it.ids)), at).toEqual(back);
    }
  });

  test("restores to the same end, and is whole all the while", async () => {
    const { it, back, restoring } = await undisturbed();
    for (const n of tellingSteps(restoring)) {
      await run(db, it.means, it.chat.id, "archive");
      const killed = killedAt(it.means, n);
      const ended = restoreChat(db, killed.means, it.chat.id, soon);
      await expect(ended, `${n}`).rejects.toThrow(Killed);
      const at = `${n}: ${killed.steps.at(-1)}`;
      const [{ status } = { status: "" }] = await states([it.chat.id]);
      const objects = await keysBelow(it.storage, `archives/${it.chat.id}/`);
      if (status === "archived") expect(objects, at).toHaveLength(1);
      else expect(await messagesLeft(it.ids), at).toBeGreaterThan(10);
      while ((await listLeft(db, null)).includes(it.chat.id)) {
        await resumeArchive(db, it.means, it.chat.id, soon);
      }
      expect(comparable(await stateOf(db, it.storage, it.ids)), at).toEqual(back);
    }
  });

  test("deletes to the same end: nothing that names the chat is left but what proves it", async () => {
    const first = await whole();
    await run(db, first.means, first.chat.id, "archive");
    const counting = killedAt(first.means, 0);
    await run(db, counting.means, first.chat.id, "delete");
    const { steps } = counting;
    for (const n of [0, ...tellingSteps(steps)]) {
      const { storage, means, chat, ids } = n ? await whole() : first;
      if (n) {
        await run(db, means, chat.id, "archive");
        await sql`insert into message_prints (message_id, chat_id, sender_id, print)
          select gen_random_uuid(), chat_id, user_id, 1 from chat_participants
          where chat_id = any(${ids})`;
        const killed = killedAt(means, n);
        await expect(run(db, killed.means, chat.id, "delete"), `${n}`).rejects.toThrow(Killed);
        // The last step comes after the end.
        if (n < steps.length) {
          expect(await run(db, means, chat.id, "delete"), `${n}`).toMatchObject({
            outcome: "deleted",
          });
        }
      }
      expect(await keysBelow(storage, ""), `${n}`).toEqual([]);
      const left = await rowsNaming(db, [...ids, chat.disputeId, chat.flagId]);
      expect(Object.keys(left), `${n}`).toEqual(["audit_log"]);
      const entries = await sql`select chat_id, details::jsonb as details from audit_log
        where action = 'chat.deleted' and chat_id = any(${ids})`;
      expect(entries).toHaveLength(2);
      expect(entries.find(({ chat_id }) => chat_id === chat.id)?.details).toMatchObject({
        ...{ disputes: 1, flags: 2, threads: 1, pictures: 3 },
        archive: expect.stringMatching(/^[0-9a-f]{64}$/),
        end: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    }
  });
});
