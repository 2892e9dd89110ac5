import { eq } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { subjects, users } from "~/db/schema";
import type { Host } from "./host";
import type { HostSubject } from "./subject";

/** @returns null when there is none */
export async function findSubject(
  db: Db,
  _host: Host,
  reference: string,
): Promise<HostSubject | null> {
  const [row] = await db
    .select({ subject: subjects, sellerExternalId: users.externalId })
    .from(subjects)
    .innerJoin(users, eq(users.id, subjects.sellerId))
    .where(eq(subjects.reference, reference));
  if (!row) return null;
  const { priceAmount: amount, priceCurrency: currency, ...subject } = row.subject;
  const { sellerId, title, description, picture, stage, createdAt } = subject;
  return {
    ...{ reference, sellerId, sellerExternalId: row.sellerExternalId, title, description },
    ...{ price: { amount, currency }, picture, stage, createdAt: createdAt.toISOString() },
  };
}
