import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { isLockedOut } from "~/accounts/standing.server";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";

/** Whom a mail is for. */
export type Reader = {
  id: string;
  name: string;
  email: string;
  /** Nothing but the page of his sanctions is his. */
  isLockedOut: boolean;
};

/** @returns null where there is no such person, the host gave no address, or he is erased */
export async function findReader(db: Db, userId: string): Promise<Reader | null> {
  const [reader] = await db
    .select({
      id: users.id,
      name: users.name,
      // Where it is not null: see below.
      email: sql<string>`${users.email}`,
      // Within a query of one table a column's name stands alone, and would be the sanction's.
      isLockedOut: isLockedOut(sql`users.id`),
    })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.email), isNull(users.erasedAt)));
  return reader ?? null;
}
