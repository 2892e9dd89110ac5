import { and, desc, eq, lt, or } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { subjects, users } from "~/db/schema";

/** Listings shown on a page. */
const pageSize = 24;

const columns = {
  reference: subjects.reference,
  title: subjects.title,
  priceAmount: subjects.priceAmount,
  priceCurrency: subjects.priceCurrency,
  picture: subjects.picture,
  stage: subjects.stage,
};

export type Listing = Awaited<ReturnType<typeof listListings>>["listings"][number];

/**
 * A page of subjects, newest first; the market is the same for everybody.
 *
 * @param after the `next` of the page before; an unknown one starts over
 */
export async function listListings(db: Db, after?: string | null) {
  const place = after ? await findPlace(db, after) : undefined;
  const rows = await db
    .select(columns)
    .from(subjects)
    .where(
      place &&
        or(
          lt(subjects.createdAt, place.createdAt),
          and(eq(subjects.createdAt, place.createdAt), lt(subjects.id, place.id)),
        ),
    )
    .orderBy(desc(subjects.createdAt), desc(subjects.id))
    .limit(pageSize + 1);
  const listings = rows.slice(0, pageSize);
  return { listings, next: rows.length > pageSize ? (listings.at(-1)?.reference ?? null) : null };
}

/** @returns null for an unknown reference */
export async function findListing(db: Db, reference: string) {
  const [listing] = await db
    .select({
      ...columns,
      description: subjects.description,
      sellerId: subjects.sellerId,
      sellerName: users.name,
    })
    .from(subjects)
    .innerJoin(users, eq(users.id, subjects.sellerId))
    .where(eq(subjects.reference, reference));
  return listing ?? null;
}

async function findPlace(db: Db, reference: string) {
  // PostgreSQL refuses NUL, so that nothing is called so.
  if (reference.includes("\0")) return undefined;
  const [place] = await db
    .select({ id: subjects.id, createdAt: subjects.createdAt })
    .from(subjects)
    .where(eq(subjects.reference, reference));
  return place;
}
