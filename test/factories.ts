import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { attachments, sanctions, sessions, subjects, users } from "~/db/schema";

/** A user who is signed in. */
export async function makeUser(db: Db, fields: Partial<typeof users.$inferInsert> = {}) {
  const name = fields.name ?? "Somebody";
  const email = `${randomUUID()}@test.example`;
  const [user] = await db
    .insert(users)
    .values({ email, ...fields, name })
    .returning();
  if (!user) throw new Error("No user was made");
  const sessionId = await makeSession(db, user.id);
  return { id: user.id, name, role: user.role, sessionId } satisfies Viewer;
}

export async function makeSession(db: Db, userId: string): Promise<string> {
  const session = { id: randomUUID(), userId, expiresAt: sql`now() + interval '1 day'` };
  await db.insert(sessions).values(session);
  return session.id;
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

/** From then on filters let contact details pass. */
export async function pay(db: Db, { reference }: { reference: string }) {
  await db.update(subjects).set({ stage: "paid" }).where(eq(subjects.reference, reference));
}

/** A picture that waits for a message; its objects are not in any storage. */
export async function makeStaged(
  db: Db,
  uploader: Viewer,
  chatId: string,
  fields: Partial<typeof attachments.$inferInsert> = {},
) {
  const size = {
    width: 640,
    height: 480,
    bytes: 12_345,
    placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  };
  const [picture] = await db
    .insert(attachments)
    .values({
      chatId,
      uploaderId: uploader.id,
      ...size,
      isAnimated: false,
      storedAt: sql`now()`,
      ...fields,
    })
    .returning();
  if (!picture) throw new Error("No picture was made");
  return picture;
}

/** Imposed without the rules, for tests of what it does and what becomes of it. */
export async function makeSanction(
  db: Db,
  person: Pick<Viewer, "id">,
  fields: Partial<typeof sanctions.$inferInsert> = {},
) {
  const imposedBy = fields.imposedBy ?? (await makeUser(db, { role: "moderator" })).id;
  const kind = fields.kind ?? "warning";
  const endsAt = kind === "suspension" ? sql`now() + interval '1 day'` : null;
  const [sanction] = await db
    .insert(sanctions)
    .values({ userId: person.id, imposedBy, reason: "For a test", kind, endsAt, ...fields })
    .returning();
  if (!sanction) throw new Error("No sanction was made");
  return sanction;
}
