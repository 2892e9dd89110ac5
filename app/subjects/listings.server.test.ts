import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { subjects } from "~/db/schema";
import { db } from "../../test/database";
import { makeSubject, makeUser } from "../../test/factories";
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
  const { reference } = await makeSubject(db, await makeUser(db, { name: "A seller" }));
  expect((await listListings(db, "no such place")).listings.length).toBeGreaterThan(0);
  expect(await findListing(db, "no such listing")).toBeNull();
  expect(await findListing(db, reference)).toMatchObject({ reference, sellerName: "A seller" });
});
