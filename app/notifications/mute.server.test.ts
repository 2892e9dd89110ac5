import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { act } from "~/chats/act.server";
import { findChat } from "~/chats/clock.server";
import { chatForm } from "~/chats/drafts";
import { listChats } from "~/chats/list.server";
import { checkForm } from "~/http/forms.server";
import { db } from "~test/database";
import { makeChat } from "~test/factories";

type Fields = Record<string, string>;
const windows = { editMs: 0, unsendMs: 0 };

/** What `POST /chats/:chatId` does with these fields. */
async function post(viewer: Viewer, chatId: string, fields: Fields) {
  const form = checkForm(Object.entries(fields), chatForm(4_000));
  if (!form.ok) return form.status;
  return act(db, viewer, chatId, form.value, windows);
}

const mutedFor = async (viewer: Viewer, chatId: string) =>
  (await findChat(db, viewer, chatId))?.mutedUntil;

test.each([
  ["1h", 1],
  ["8h", 8],
  ["week", 7 * 24],
])("a chat is muted for %s", async (time, hours) => {
  const { id, buyer } = await makeChat(db);
  const before = Date.now();
  expect(await post(buyer, id, { intent: "mute", for: time })).toMatchObject({ done: true });
  const until = Date.parse((await mutedFor(buyer, id)) ?? "");
  expect(until - before).toBeGreaterThanOrEqual(hours * 3_600_000 - 1_000);
  expect(until - before).toBeLessThan(hours * 3_600_000 + 120_000);
});

test("a chat is muted for ever, also where no time is said, until it is unmuted", async () => {
  const { id, buyer } = await makeChat(db);
  for (const fields of [{ for: "ever" }, {}] as Fields[]) {
    await post(buyer, id, { intent: "mute", ...fields });
    expect(await mutedFor(buyer, id)).toBe("ever");
    const [listed] = (await listChats(db, buyer, { filter: "all", size: 1 })).chats;
    expect(listed?.chat.mutedUntil).toBe("ever");
    await post(buyer, id, { intent: "unmute" });
    expect(await mutedFor(buyer, id)).toBeNull();
  }
  expect(await post(buyer, id, { intent: "mute", for: "a while" })).toBe(422);
});

test("a mute whose time is over is none", async () => {
  const { id, buyer } = await makeChat(db);
  await post(buyer, id, { intent: "mute", for: "1h" });
  await db.execute(sql`
    update chat_participants set muted_until = now() - interval '1 second' where chat_id = ${id}`);
  expect(await mutedFor(buyer, id)).toBeNull();
});

test("whom one mutes cannot tell: neither his chat nor its version changes", async () => {
  const { id, buyer, seller } = await makeChat(db);
  const before = await findChat(db, seller, id);
  await post(buyer, id, { intent: "mute", for: "ever" });
  expect(await findChat(db, seller, id)).toEqual(before);
  expect(before?.mutedUntil).toBeNull();
});
