import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import type { Host } from "./host";

/** Any number that nothing else in this database uses for an advisory lock of two numbers. */
const LOOK_LOCK = 20_261_123;

/**
 * Notes that the host reads a chat, once an hour for each key: a program that follows a chat would
 * otherwise fill the audit log with what it does all day.
 */
export async function noteHostLook(db: Db, host: Host, chatId: string): Promise<void> {
  if (await hasLooked(db, host, chatId)) return;
  await db.transaction(async (tx) => {
    const look = `${host.keyId} ${chatId}`;
    await tx.execute(sql`select pg_advisory_xact_lock(${LOOK_LOCK}, hashtext(${look}))`);
    if (await hasLooked(tx, host, chatId)) return;
    await audit(tx, host, { action: "chat.viewed", chatId });
  });
}

async function hasLooked(db: Db, { keyId }: Host, chatId: string): Promise<boolean> {
  const [look] = await db.execute(sql`
    select 1 from audit_log
    where chat_id = ${chatId} and action = 'chat.viewed' and actor_role = 'host'
      and at > clock_timestamp() - interval '1 hour' and details::jsonb #>> '{key,id}' = ${keyId}
    limit 1`);
  return look !== undefined;
}
