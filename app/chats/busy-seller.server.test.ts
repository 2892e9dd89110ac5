import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { databaseUrl, sql } from "~test/database";
import { planOf } from "~test/plans";
import { findChat } from "./clock.server";
import { markDelivered, markRead } from "./positions.server";
import { sendMessage } from "./send.server";

/** 3,000 chats of people who have no other, and 300 of one seller: on average everybody has one. */
async function makeMarket() {
  await sql`
    insert into users (id, email, name)
    select gen_random_uuid(), 'user' || n || '@test.example', 'User ' || n
    from generate_series(1, 6301) n`;
  const people = sql`(select id, row_number() over (order by id) n from users)`;
  await sql`
    insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
    select gen_random_uuid(), 'R-' || n, id, 'Thing ' || n, 100, 'EUR' from ${people} p where n <= 3001`;
  await sql`
    insert into chats (id, subject_id, buyer_id)
    select gen_random_uuid(), s.id, buyer.id
    from (select id, row_number() over (order by id) n from subjects) s
    join ${people} buyer on buyer.n > 3001 and least(buyer.n - 3001, 3001) = s.n`;
  await sql`
    insert into chat_participants (chat_id, user_id, role)
    select id, buyer_id, 'buyer' from chats
    union all
    select c.id, s.seller_id, 'seller' from chats c join subjects s on s.id = c.subject_id`;
  await sql`analyze`;
  return sql`
    select c.id as "chatId", s.seller_id as "sellerId" from chats c join subjects s on s.id = c.subject_id
    where s.id = (select subject_id from chats group by 1 having count(*) > 1) limit 2`;
}

test("where people have one chat each, a seller of many does not look through all of his seats", async () => {
  const chats = await makeMarket();
  expect(chats).toHaveLength(2);
  const statements: string[] = [];
  const client = postgres(databaseUrl, {
    onnotice: () => {},
    fetch_types: false,
    debug: (_, query) => void (/^\s*(select|with)\b/i.test(query) && statements.push(query)),
  });
  onTestFinished(() => client.end());
  const db = drizzle(client, { schema }) as Db;
  const seller = (id: string): Viewer => ({ id, name: "", role: "user", sessionId: "" });
  const send = ({ chatId, sellerId }: Record<string, string>) =>
    sendMessage(db, seller(sellerId ?? ""), {
      chatId: chatId ?? "",
      clientId: randomUUID(),
      body: "Hi",
    });

  await send(chats[0] ?? {});
  await Promise.all(chats.map(send));
  const [{ chatId, sellerId } = {}] = chats;
  await markRead(db, seller(sellerId), { chatId, seq: 1 });
  await markDelivered(db, [{ chatId, userId: sellerId, seq: 1 }]);
  await findChat(db, seller(sellerId), chatId);

  const asked = [...statements];
  for (const query of asked) {
    const seats = (await planOf(client, query)).filter(
      (node) => node["Relation Name"] === "chat_participants",
    );
    for (const { Filter = "" } of seats) expect(Filter).not.toMatch(/chat_id/);
  }
  expect(asked.length).toBeGreaterThanOrEqual(5);
});
