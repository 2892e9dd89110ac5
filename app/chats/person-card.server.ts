import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { PersonCard } from "./person-card";

type Row = { is_verified: boolean | null; deals_done: number | null; created_at: string };

const selectCard = prepare<Row>(sql`
  select u.is_verified, u.deals_done, u.created_at
  from chat_participants me
  join chat_participants other on other.chat_id = me.chat_id and other.user_id <> me.user_id
    and other.role in ('buyer', 'seller')
  join users u on u.id = other.user_id and u.erased_at is null
  where me.chat_id = ${sql.placeholder("chatId")} and me.user_id = ${sql.placeholder("userId")}
    and me.role in ('buyer', 'seller')`);

/** @returns null for who is no side of the chat, and of who is erased */
export async function readPersonCard(
  db: Db,
  viewer: Pick<Viewer, "id">,
  chatId: string,
): Promise<PersonCard | null> {
  const [row] = await selectCard(db, { chatId, userId: viewer.id });
  if (!row) return null;
  const { is_verified: isVerified, deals_done: dealsDone, created_at: since } = row;
  return { isVerified, dealsDone, memberSince: new Date(since).toISOString() };
}
