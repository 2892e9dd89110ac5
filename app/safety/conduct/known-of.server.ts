import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { FiltersByKind } from "../filters";
import { alikeSql, begunSql } from "./alike.server";
import { isTooMany } from "./bulk";
import { bulkLimits, newAccountLimits } from "./limits";
import { printOf } from "./print";

/** What is wrong with how somebody writes, whatever he writes; nothing where nothing is. */
export type Conduct = {
  /** The same text went to so many chats, which is too many. */
  bulkChats?: number;
  /** He is new here and began so many chats, which is too many. */
  newChats?: number;
};

type Row = { is_his: boolean; opened: number; total: number; begun: number };

const selectConduct = prepare<Row>(sql`
  select c.is_his, alike.opened::int, alike.total::int,
    case when c.is_his then ${begunSql(sql`${sql.placeholder("senderId")}::uuid`)}::int else 0 end as begun
  from (
    select buyer_id = ${sql.placeholder("senderId")}::uuid as is_his
    from chats where id = ${sql.placeholder("chatId")}::uuid
  ) c
  cross join lateral ${alikeSql({
    senderId: sql`${sql.placeholder("senderId")}::uuid`,
    print: sql`${sql.placeholder("print")}::bigint`,
    distance: sql`${sql.placeholder("distance")}::int`,
    notIn: sql`${sql.placeholder("chatId")}::uuid`,
  })} alike`);

/**
 * Looks at how a watched person writes, before a message of his is judged: in one round trip, of what
 * he himself did within a day, and of no text but the one that he is sending.
 *
 * @param draft a message that is not stored yet, or what it is to say after an edit
 */
export async function conductOf(
  tx: Db,
  senderId: string,
  draft: { chatId: string; body: string },
  filters: FiltersByKind,
): Promise<Conduct> {
  const { bulk, new_account: newAccount } = filters;
  if (!bulk.isOn && !newAccount.isOn) return {};
  const limits = bulkLimits[bulk.strength];
  const found = bulk.isOn ? printOf(draft.body) : null;
  const [row] = await selectConduct(tx, {
    senderId,
    chatId: draft.chatId,
    print: String(found?.print ?? 0),
    // Nothing is as near as that.
    distance: found ? limits.distance : -1,
  });
  if (!row) return {};
  const conduct: Conduct = {};
  // With this one, which is not among those that are remembered.
  const opened = row.opened + (row.is_his ? 1 : 0);
  const total = row.total + 1;
  if (found && isTooMany({ opened, total }, { ...found, isHis: row.is_his }, limits)) {
    conduct.bulkChats = total;
  }
  if (newAccount.isOn && row.begun >= newAccountLimits[newAccount.strength]) {
    conduct.newChats = row.begun;
  }
  return conduct;
}
