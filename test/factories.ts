import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { sessions, subjects, users } from "~/db/schema";

/** A user who is signed in. */
export async function makeUser(db: Db, fields: Partial<typeof users.$inferInsert> = {}) {
  const name = fields.name ?? "Somebody";
  const email = `${randomUUID()}@test.example`;
  const [user] = await db
    .insert(users)
    .values({ email, ...fields, name })
    .returning();
  if (!user) throw new Error("No user was made");
  const session = { id: randomUUID(), userId: user.id, expiresAt: sql`now() + interval '1 day'` };
  await db.insert(sessions).values(session);
  return { id: user.id, name, role: user.role, sessionId: session.id } satisfies Viewer;
}

export async function makeSubject(db: Db, seller: Viewer) {
  const reference = `T-${randomUUID()}`;
  await db.insert(subjects).values({
    reference,
    sellerId: seller.id,
    title: "A red bicycle",
    priceAmount: 12_000,
    priceCurrency: "EUR",
  });
  return { reference };
}

/** A chat of a buyer and a seller that holds nothing but that it was started. */
export async function makeChat(db: Db) {
  const [buyer, seller] = [await makeUser(db), await makeUser(db)];
  const { reference } = await makeSubject(db, seller);
  const started = await startChat(db, buyer, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  return { id: started.chatId, reference, buyer, seller };
}
