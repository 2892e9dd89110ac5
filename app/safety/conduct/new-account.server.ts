import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { FiltersByKind } from "../filters";
import { begunSql } from "./alike.server";
import { watch } from "./flagging.server";
import { newAccountLimits } from "./limits";

/**
 * Has an account watched that began many chats in its first day, in the transaction that begins one
 * more. It locks the sender's row: call it after all that locks a chat.
 */
export async function watchNewAccount(
  tx: Db,
  senderId: string,
  { new_account: filter }: FiltersByKind,
): Promise<void> {
  if (!filter.isOn) return;
  const limit = newAccountLimits[filter.strength];
  await watch(tx, sql`id = ${senderId} and ${begunSql(sql`users.id`)} >= ${limit}`);
}
