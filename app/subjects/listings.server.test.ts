import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { subjects } from "~/db/schema";
import { db } from "../../test/database";
import { makeChat, makeSubject, makeUser } from "../../test/factories";
import { findListing, listListings } from "./listings.server";

test("pages of listings show each one once, newest first, also when many came at one moment", async () => {
  const seller = await makeUser(db);
  const made: string[] = [];
  for (let count = 0; count < 60; count++) made.push((await makeSubject(db, seller)).reference);
  const moments = [new Date("2026-01-01"), new Date("2026-01-02")];
  for (const [at, reference] of made.entries()) {
    const createdAt = moments[at % 2];
    await db.update(subjects).set({ createdAt }).where(eq(subjects.reference, reference));
  }

  const pages: string[][] = [];
  let next: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listListings>> = await listListings(db, next);
    pages.push(page.listings.map(({ reference }) => reference));
    next = page.next;
  } while (next);

  expect(pages.map(({ length }) => length)).toEqual([24, 24, 12]);
  const shown = pages.flat();
  expect(new Set(shown)).toEqual(new Set(made));
  const newer = made.filter((_, at) => at % 2 === 1);
  expect(new Set(shown.slice(0, 30))).toEqual(new Set(newer));
});

test("an unknown place starts over, and an unknown listing is none", async () => {
  const viewer = await makeUser(db);
  const { reference } = await makeSubject(db, await makeUser(db, { name: "A seller" }));
  expect((await listListings(db, "no such place")).listings.length).toBeGreaterThan(0);
  expect(await findListing(db, viewer, "no such listing")).toBeNull();
  expect(await findListing(db, viewer, reference)).toMatchObject({
    reference,
    sellerName: "A seller",
  });
});

test("what the host told of is on no list, and seen by those alone who talk about it", async () => {
  const chat = await makeChat(db);
  const { reference } = chat;
  await db.update(subjects).set({ isListed: false }).where(eq(subjects.reference, reference));
  const { listings } = await listListings(db);
  expect(listings.map((listing) => listing.reference)).not.toContain(reference);
  for (const viewer of [chat.buyer, chat.seller]) {
    expect(await findListing(db, viewer, reference)).toMatchObject({ reference });
  }
  expect(await findListing(db, await makeUser(db), reference)).toBeNull();
});
