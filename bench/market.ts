import { createHmac, randomBytes, randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Chat, Person } from "./load/plan.ts";

/** Of every server in the benchmarks. */
export const sessionSecret = "a secret that only the benchmarks know";

/** In each chat: a page of history. */
const earlierMessages = 40;

/**
 * Fills an empty database with chats of two people each, everybody signed in: straight into the
 * tables, because signing in costs a password hash on purpose.
 *
 * @param regularChats the first buyer is the buyer of so many chats; everybody else has one
 */
export async function seedMarket(
  url: string,
  chatCount: number,
  { regularChats = 1 } = {},
): Promise<Chat[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const people = Array.from({ length: chatCount * 2 }, makePerson);
  const chats = Array.from({ length: chatCount }, (_, index): Chat => {
    const buyer = people[index < regularChats ? 0 : 2 * index];
    const seller = people[2 * index + 1];
    if (!buyer || !seller) throw new Error("Fewer people than chats need");
    return { id: randomUUID(), buyer, seller };
  });
  const column = <Row>(rows: Row[], read: (row: Row) => string) => rows.map(read);
  await sql.begin(async (tx) => {
    await tx`insert into users (id, email, name)
      select id, 'user' || place || '@bench.example', 'User ' || place
      from unnest(${column(people, ({ id }) => id)}::uuid[]) with ordinality t(id, place)`;
    await tx`insert into sessions (id, user_id, expires_at)
      select id, user_id, now() + interval '30 days'
      from unnest(${column(people, ({ token }) => sessionId(token))}::text[],
        ${column(people, ({ id }) => id)}::uuid[]) t(id, user_id)`;
    // The subject takes the chat's id: nothing asks for another.
    await tx`insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
      select id, 'B-' || place, seller_id, 'A red bicycle', 12000, 'EUR'
      from unnest(${column(chats, ({ id }) => id)}::uuid[],
        ${column(chats, ({ seller }) => seller.id)}::uuid[]) with ordinality t(id, seller_id, place)`;
    await tx`insert into chats (id, subject_id, buyer_id) select id, id, buyer_id
      from unnest(${column(chats, ({ id }) => id)}::uuid[],
        ${column(chats, ({ buyer }) => buyer.id)}::uuid[]) t(id, buyer_id)`;
    await tx`insert into chat_participants (chat_id, user_id, role)
      select chat_id, unnest(array[buyer_id, seller_id]), unnest(array['buyer', 'seller'])
      from unnest(${column(chats, ({ id }) => id)}::uuid[],
        ${column(chats, ({ buyer }) => buyer.id)}::uuid[],
        ${column(chats, ({ seller }) => seller.id)}::uuid[]) t(chat_id, buyer_id, seller_id)`;
  });
  // Plans that were made for empty tables would read whole ones later.
  await sql`insert into chat_messages
    (id, chat_id, seq, version, created_version, sender_id, client_id, type, body)
    select gen_random_uuid(), id, seq, seq, seq, buyer_id, gen_random_uuid(), 'text',
      'What was said before, at place ' || seq
    from chats, generate_series(1, ${earlierMessages}) seq`;
  await sql`update chats set last_seq = ${earlierMessages}, version = ${earlierMessages}`;
  await sql`update chat_participants
    set read_seq = ${earlierMessages}, delivered_seq = ${earlierMessages}`;
  await sql`vacuum analyze`;
  await sql.end();
  return chats;
}

function makePerson(): Person {
  return { id: randomUUID(), token: randomBytes(32).toString("base64url") };
}

/** As `app/accounts/sessions.server.ts` makes it of the cookie's token. */
function sessionId(token: string): string {
  return createHmac("sha256", sessionSecret).update(token).digest("hex");
}
