import { sql } from "drizzle-orm";
import type { Chat } from "~/chats/chat";
import { announce, tick } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { tellMessageChanged } from "~/notifications/push/changed.server";
import type { MessageErasure } from "./change-of";

/** A JSON array as a set of rows. */
const rows = (values: readonly object[], columns: string) =>
  sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as x(${sql.raw(columns)})`;

/**
 * Takes out of messages of a locked chat what is to go, and keeps the hashes of what stood there.
 *
 * @returns false when one of them was changed since it was read; nothing is stored then
 */
export async function storeChanges(
  tx: Db,
  chat: Chat,
  changes: readonly MessageErasure[],
): Promise<boolean> {
  const [same] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from ${rows(changes, "id uuid, version bigint")}
    join chat_messages m on m.id = x.id and m.version = x.version`);
  if (same?.count !== changes.length) return false;
  await storeParts(tx, chat.id, changes);
  const left = changes.flatMap(({ id, left }) =>
    left.map((one) => ({ ...one, id, reason: one.redactionReason })),
  );
  const columns = "id uuid, version bigint, body text, reason text";
  await tx.execute(sql`
    update chat_message_versions v set body = x.body, redaction_reason = x.reason
    from ${rows(left, columns)} where v.message_id = x.id and v.version = x.version`);
  const [stay, go] = [
    changes.filter(({ isToGo }) => !isToGo),
    changes.filter(({ isToGo }) => isToGo),
  ];
  const now = stay.map(({ left, ...one }) => ({ ...one, ...left.at(-1) }));
  await tx.execute(sql`
    update chat_messages m set body = x.body, event = x.event, redaction_reason = x."redactionReason"
    from ${rows(now, `id uuid, body text, event jsonb, "redactionReason" text`)} where m.id = x.id`);
  if (go.length) await takeBack(tx, chat, go);
  // So that an archive that is being written of what was there before is not taken for whole.
  const { version } = await tick(tx, chat.id, "state");
  await announce(tx, chat, version);
  return true;
}

/** Keeps the hashes of what goes; those that are kept stay what they are. */
export async function storeParts(
  tx: Db,
  chatId: string,
  changes: readonly MessageErasure[],
): Promise<void> {
  const parts = changes.flatMap(({ id, parts }) => parts.map((part) => ({ ...part, id })));
  await tx.execute(sql`
    insert into erased_parts (message_id, version, part, hash, chat_id)
    select x.id, x.version, x.part, x.hash, ${chatId}
    from ${rows(parts, "id uuid, version bigint, part text, hash text")} on conflict do nothing`);
}

/** As their sender could have, except that nothing is kept of what they said. */
async function takeBack(tx: Db, chat: Chat, changes: readonly MessageErasure[]): Promise<void> {
  const [clock] = await tx.execute<{ version: string }>(sql`
    update chats set version = version + ${changes.length}::bigint where id = ${chat.id}
    returning version`);
  const last = Number(clock?.version);
  const taken = changes.map(({ id }, at) => ({ id, next: last - changes.length + 1 + at }));
  await tx.execute(sql`
    insert into chat_message_versions (message_id, version, body, replaced_at)
    select m.id, m.version, null, clock_timestamp()
    from ${rows(taken, "id uuid")} join chat_messages m on m.id = x.id`);
  await tx.execute(sql`
    update chat_messages m set body = null, deleted_at = clock_timestamp(), version = x.next,
      changed_xid = pg_current_xact_id()
    from ${rows(taken, "id uuid, next bigint")} where m.id = x.id`);
  await tellMessageChanged(tx, chat.id, ...changes.map(({ seq }) => seq));
}
