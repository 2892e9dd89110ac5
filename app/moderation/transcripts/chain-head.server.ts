import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { chainStart } from "../../../bin/transcript/chain.mjs";
import { messageRows } from "./message-rows.server";
import { chained, type MessageRow, versionsOf } from "./records";

/** Where the chain of a chat ended at some moment. */
export type ChainHead = { version: number; head: string };

/** Other work goes on between so many records. */
const recordsAtOnce = 200;

/**
 * Where the chain of a chat ends now: for the details of the audit entry of whatever makes its
 * messages matter, in the same transaction. A transcript compares what it finds later. It goes on from
 * the last head that the audit log has, which nobody can change.
 */
export async function chainHead(tx: Db, chatId: string): Promise<ChainHead> {
  const [last] = await selectLastHead(tx, { chatId });
  let { version, head } = last ?? { version: 0, head: chainStart(chatId) };
  const rows = await selectNewer(tx, { chatId, version });
  const salt = rows[0]?.salt ?? "";
  const known = version;
  const newer = versionsOf(rows.map(({ row }) => row)).filter((one) => one.version > known);
  for (const [at, one] of newer.entries()) {
    if (at > 0 && at % recordsAtOnce === 0) await new Promise(setImmediate);
    ({ version, hash: head } = chained(one, { chatId, salt, previous: head }));
  }
  return { version, head };
}

const selectLastHead = prepare<ChainHead>(sql`
  select (details::jsonb ->> 'version')::int as version, details::jsonb ->> 'head' as head
  from audit_log
  where chat_id = ${sql.placeholder("chatId")} and details::jsonb ? 'head'
  order by seq desc limit 1`);

const selectNewer = prepare<{ row: MessageRow; salt: string }>(sql`
  select to_json(x) as row, deployment.transcript_salt as salt
  from (${messageRows(sql`m.chat_id = ${sql.placeholder("chatId")}
    and m.version > ${sql.placeholder("version")}::bigint`)}) x, deployment`);
