import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { chatParticipants } from "~/db/schema";
import { blockPerson } from "~/safety/blocks/block-person.server";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { mayCall } from "./calling.server";
import { defaultChoices } from "./choices";
import { saveChoices } from "./choices.server";

const noon = new Date("2026-06-01T12:00:00Z");
const quiet = { from: 11 * 60, to: 14 * 60, timeZone: "UTC" };

test("an open page calls by a toast, and by a sound only who chose it, outside of his quiet hours", async () => {
  const { id, seller } = await makeChat(db);
  const may = () => mayCall(db, seller, id, noon);
  expect(await may()).toEqual({ toast: true, sound: false });
  await saveChoices(db, seller, { ...defaultChoices, hasSound: true });
  expect(await may()).toEqual({ toast: true, sound: true });
  await saveChoices(db, seller, { ...defaultChoices, hasSound: true, quiet });
  expect(await may()).toEqual({ toast: true, sound: false });
});

test("an open page does not call for a muted chat until the mute is over", async () => {
  const { id, seller } = await makeChat(db);
  await saveChoices(db, seller, { ...defaultChoices, hasSound: true });
  const mute = (until: string) =>
    db
      .update(chatParticipants)
      .set({ mutedUntil: sql`${until}::timestamptz` })
      .where(eq(chatParticipants.userId, seller.id));
  for (const until of ["infinity", "2026-06-01T12:00:01Z"]) {
    await mute(until);
    expect(await mayCall(db, seller, id, noon)).toEqual({ toast: false, sound: false });
  }
  await mute("2026-06-01T12:00:00Z");
  expect(await mayCall(db, seller, id, noon)).toEqual({ toast: true, sound: true });
});

test("an open page does not call where one side blocks the other, whichever", async () => {
  const { id, seller, buyer } = await makeChat(db);
  await blockPerson(db, buyer, id);
  for (const side of [seller, buyer]) {
    expect(await mayCall(db, side, id, noon)).toEqual({ toast: false, sound: false });
  }
});

test("of a chat of others a page is told as little as of one that is not there", async () => {
  const { id } = await makeChat(db);
  expect(await mayCall(db, await makeUser(db), id, noon)).toBeNull();
});
