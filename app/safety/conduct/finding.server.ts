import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Strength } from "../filters";
import { alikeSql } from "./alike.server";
import { isTooMany } from "./bulk";
import { bulkLimits } from "./limits";
import type { Print } from "./print";

/** A message of which the print was made; `isHis`: its sender began the chat. */
export type Printed = Print & {
  messageId: string;
  chatId: string;
  senderId: string;
  isHis: boolean;
};

/** Who wrote alike in too many chats, and in which messages. */
export type Bulk = { senderId: string; chats: number; messageIds: string[] };

type Row = { place: number; opened: number; total: number; message_ids: string[] };

/**
 * One statement for all that was sent in a second. It runs after their prints are stored: of two
 * processes that each hold a part of what somebody sent, the later one sees all of it.
 */
export const selectAlike = prepare<Row>(sql`
  select d.place, alike.opened::int, alike.total::int, alike.message_ids
  from json_to_recordset(${sql.placeholder("drafts")}::text::json)
    as d(place int, sender_id uuid, chat_id uuid, print bigint)
  cross join lateral ${alikeSql({
    senderId: sql`d.sender_id`,
    print: sql`d.print`,
    distance: sql`${sql.placeholder("distance")}::int`,
    notIn: sql`d.chat_id`,
  })} alike
  where alike.total + 1 >= ${sql.placeholder("fewest")}::int`);

/** @returns each sender once */
export async function findBulk(
  pool: Db,
  printed: readonly Printed[],
  strength: Strength,
): Promise<Bulk[]> {
  const limits = bulkLimits[strength];
  const drafts = printed.map(({ senderId, chatId, print }, place) => ({
    place,
    sender_id: senderId,
    chat_id: chatId,
    print: String(print),
  }));
  const rows = await selectAlike(pool, {
    drafts: JSON.stringify(drafts),
    distance: limits.distance,
    fewest: Math.min(limits.opened, limits.openedShort, limits.answered),
  });
  const found = new Map<string, Bulk>();
  for (const { place, opened, total, message_ids } of rows) {
    const one = printed[place];
    if (!one) continue;
    const alike = { opened: opened + (one.isHis ? 1 : 0), total: total + 1 };
    if (!isTooMany(alike, one, limits)) continue;
    const before = found.get(one.senderId);
    found.set(one.senderId, {
      senderId: one.senderId,
      chats: Math.max(alike.total, before?.chats ?? 0),
      messageIds: [...(before?.messageIds ?? []), one.messageId, ...message_ids],
    });
  }
  return [...found.values()];
}
