import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { databaseUrl, db } from "../test/database";
import { rehearse } from "./rehearsal";
import type { Tried } from "./writer";

vi.setConfig({ testTimeout: 60_000 });

// The checks are worth nothing unless they see a promise that is broken: here each one is, on
// purpose, from outside of what is tested.

const elsewhere = new URL("/postgres", databaseUrl).href;

/** Frames of new messages, whole, in what a stream says. */
const frames = /(?:id: [^\n]*\n)?event: message\.created\n[^\n]*\n\n/g;

test("where nothing is broken, nothing is found", async () => {
  expect(await rehearse()).toEqual([]);
});

test("a notification that is lost while nobody looks for changes is caught", async () => {
  const broken = await rehearse({
    listenTo: elsewhere,
    through: (source) => ({
      ...source,
      committed: () => () => {},
      changed: async () => ({ snapshot: await source.now(), chats: [] }),
    }),
  });
  expect(broken).toContain("a reader missed a message");
  expect(broken).toContain("the live page is not what a reload shows");
});

test("a server that ignores the client id is caught", async () => {
  const broken = await rehearse({
    send: (viewer, chatId, fields, honest) =>
      honest(db, viewer, chatId, { ...fields, clientId: randomUUID() }),
  });
  expect(broken).toContain("a message is doubled");
});

class RolledBack extends Error {}

test("a server that acknowledges what it does not commit is caught", async () => {
  let count = 0;
  const broken = await rehearse({
    send: async (viewer, chatId, fields, honest) => {
      if (++count % 3) return honest(db, viewer, chatId, fields);
      let answer: Tried = { kind: "unknown" };
      const undone = db.transaction(async (tx) => {
        answer = await honest(tx, viewer, chatId, fields);
        throw new RolledBack();
      });
      await undone.catch((error) => {
        if (!(error instanceof RolledBack)) throw error;
      });
      return answer;
    },
  });
  expect(broken).toContain("an acknowledged message is lost");
});

test("an event that comes twice is caught", async () => {
  let count = 0;
  const tamper = (text: string) =>
    text.replace(frames, (frame) => (++count % 7 ? frame : frame + frame));
  expect(await rehearse({ tamper })).toContain("an event came twice");
});

test("events that change places are caught", async () => {
  let [count, held] = [0, ""];
  const tamper = (text: string) =>
    text.replace(frames, (frame) => {
      if (++count % 7 === 0) {
        held = frame;
        return "";
      }
      const late = held;
      held = "";
      return frame + late;
    });
  expect(await rehearse({ tamper })).toContain("events are reordered");
});

test("an event that is lost on its way is caught", async () => {
  let count = 0;
  const tamper = (text: string) => text.replace(frames, (frame) => (++count % 7 ? frame : ""));
  expect(await rehearse({ tamper })).toContain("a reader missed a message");
});

test("a message that says something else to a reader is caught", async () => {
  const tamper = (text: string) => text.replace(/ says 9 /g, " says 8 ");
  expect(await rehearse({ tamper })).toContain("the live page is not what a reload shows");
});
