import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "~/db/schema";
import { db, sql } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { openDispute } from "../disputes/open-dispute.server";
import { viewPerson } from "./person.server";

const moderator = () => makeUser(db, { role: "moderator" });

test("a person is shown with what he bore, his chats by subject, and where he is signed in", async () => {
  const chat = await makeChat(db);
  await say(db, chat.seller, chat.id, "A secret between the two");
  const { id } = await makeSanction(db, chat.buyer, { kind: "warning" });
  const page = await viewPerson(db, await moderator(), chat.buyer.id);
  expect(page).toMatchObject({
    person: { id: chat.buyer.id, role: "user", standing: "warned" },
    sanctions: [{ id }],
    chats: [
      {
        id: chat.id,
        role: "buyer",
        status: "open",
        subject: { reference: chat.reference, title: "A red bicycle" },
        other: { id: chat.seller.id },
        disputeId: null,
      },
    ],
    nextChats: null,
  });
  expect(page?.sessions).toHaveLength(1);
  const said = JSON.stringify(page);
  expect(said).not.toContain("A secret");
  expect(said).not.toContain(chat.buyer.sessionId);
  const other = await viewPerson(db, await moderator(), chat.seller.id);
  expect(other?.chats).toMatchObject([{ role: "seller", other: { id: chat.buyer.id } }]);
});

test("a look is in the audit log, one that found nobody is not", async () => {
  const [viewer, person] = [await moderator(), await makeUser(db)];
  const looks = () => db.select().from(auditLog).where(eq(auditLog.actorId, viewer.id));
  expect(await viewPerson(db, viewer, randomUUID())).toBeNull();
  expect(await looks()).toEqual([]);
  await viewPerson(db, viewer, person.id);
  expect(await looks()).toMatchObject([{ action: "user.viewed", personId: person.id }]);
});

test("an open dispute is named, a resolved one and its private threads are not", async () => {
  const chat = await makeChat(db);
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  const opened = await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  const { disputeId } = opened;
  const threadId = randomUUID();
  await sql`insert into chats (id, subject_id, buyer_id, dispute_id, private_to)
    select ${threadId}, subject_id, buyer_id, ${disputeId}, buyer_id from chats
    where id = ${chat.id}`;
  await sql`insert into chat_participants (chat_id, user_id, role)
    values (${threadId}, ${chat.buyer.id}, 'buyer')`;
  const chats = async () => (await viewPerson(db, await moderator(), chat.buyer.id))?.chats;
  expect(await chats()).toMatchObject([{ id: chat.id, disputeId }]);
  await sql`update disputes set status = 'resolved', resolved_at = now(), outcome = 'withdrawn'
    where id = ${disputeId}`;
  expect(await chats()).toMatchObject([{ id: chat.id, disputeId: null }]);
});

test("of many chats each stands on one page, the latest first", async () => {
  const [viewer, chat] = [await moderator(), await makeChat(db)];
  const { buyer, seller } = chat;
  await sql`insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
    select gen_random_uuid(), ${chat.reference} || n, ${seller.id}, 'Chair', 1, 'EUR'
    from generate_series(1, 22) n`;
  await sql`insert into chats (id, subject_id, buyer_id, last_message_at)
    select gen_random_uuid(), id, ${buyer.id}, now() - interval '1 minute' * length(reference)
    from subjects where seller_id = ${seller.id} and title = 'Chair'`;
  await sql`insert into chat_participants (chat_id, user_id, role)
    select id, buyer_id, 'buyer' from chats where buyer_id = ${buyer.id} and id <> ${chat.id}`;
  const made = (await sql`select id from chats where buyer_id = ${buyer.id}`).map(({ id }) => id);
  const first = await viewPerson(db, viewer, buyer.id);
  const second = await viewPerson(db, viewer, buyer.id, first?.nextChats ?? "");
  const seen = [first, second].flatMap((page) => page?.chats.map(({ id }) => id) ?? []);
  expect(first?.chats).toHaveLength(20);
  expect(second?.nextChats).toBeNull();
  expect(new Set(seen)).toEqual(new Set(made));
  expect(seen).toHaveLength(23);
});
