import { and, desc, eq, exists, or, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatParticipants, chats, subjects, users } from "~/db/schema";

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
 * A page of what is listed, newest first; the market is the same for everybody.
 *
 * @param after the `next` of the page before; an unknown one starts over
 */
export async function listListings(db: Db, after?: string | null) {
  const place = after ? await findPlace(db, after) : undefined;
  const rows = await db
    .select(columns)
    .from(subjects)
    .where(
      and(
        subjects.isListed,
        // As one row, which the index finds: two conditions would read all pages before this one.
        place &&
          sql`(${subjects.createdAt}, ${subjects.id}) < (${place.createdAt.toISOString()}, ${place.id}::uuid)`,
      ),
    )
    .orderBy(desc(subjects.createdAt), desc(subjects.id))
    .limit(pageSize + 1);
  const listings = rows.slice(0, pageSize);
  return { listings, next: rows.length > pageSize ? (listings.at(-1)?.reference ?? null) : null };
}

/**
 * @returns null for an unknown reference, and for what the host told of where the viewer neither sells
 *   it nor is in a chat about it
 */
export async function findListing(db: Db, viewer: Pick<Viewer, "id">, reference: string) {
  const [listing] = await db
    .select({
      ...columns,
      description: subjects.description,
      sellerId: subjects.sellerId,
      sellerName: users.name,
    })
    .from(subjects)
    .innerJoin(users, eq(users.id, subjects.sellerId))
    .where(and(eq(subjects.reference, reference), or(subjects.isListed, isOwn(viewer))));
  return listing ?? null;
}

const isOwn = ({ id }: Pick<Viewer, "id">) =>
  or(
    eq(subjects.sellerId, id),
    exists(
      sql`(select from ${chats} join ${chatParticipants} on ${chatParticipants.chatId} = ${chats.id}
        where ${chats.subjectId} = ${subjects.id} and ${chatParticipants.userId} = ${id}
          and ${chatParticipants.leftAt} is null)`,
    ),
  );

async function findPlace(db: Db, reference: string) {
  // PostgreSQL refuses NUL, so that nothing is called so.
  if (reference.includes("\0")) return undefined;
  const [place] = await db
    .select({ id: subjects.id, createdAt: subjects.createdAt })
    .from(subjects)
    .where(eq(subjects.reference, reference));
  return place;
}
