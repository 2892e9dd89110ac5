import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf, eachOf } from "~/db/ids.server";
import { notify } from "~/live/notify.server";
import { audit } from "~/moderation/audit/audit.server";
import * as ledger from "../archive/ledger.server";
import { lockUnit } from "../archive/unit.server";
import { Superseded } from "../means";

/**
 * The last transaction of a deletion: the few rows that are left, the chats themselves, and the entry
 * in the audit log that proves it. What was imposed on a person outlives the case that led to it.
 *
 * @returns how many messages the chats had
 */
export function deleteWhatIsLeft(
  db: Db,
  chatId: string,
  attempts: readonly ledger.Attempt[],
): Promise<number> {
  return db.transaction(async (tx) => {
    const unit = await lockUnit(tx, chatId);
    if (!unit) throw new Superseded();
    for (const attempt of attempts) await ledger.hold(tx, attempt);
    const rows = await Promise.all(unit.map(({ id }) => ledger.findArchive(tx, id)));
    const ids = unit.map(({ id }) => id);
    const anyChat = anyOf(ids);
    const ofDisputes = sql`(select id from disputes where chat_id = ${chatId})`;
    const ofFlags = sql`(select id from flags where chat_id = ${anyChat})`;
    const people = await tx.execute<{ id: string }>(sql`
      select user_id as id from chat_participants where chat_id = ${anyChat} and left_at is null
      order by 1`);

    await tx.execute(sql`
      select graphile_worker.complete_jobs(array(
        select j.id from graphile_worker._private_jobs j where j.locked_at is null and (
          j.payload ->> 'chatId' in (select id::text from ${eachOf(ids, "chat")})
          or j.payload ->> 'notificationId' in (select n.id::text from ${notificationsOf(ids, ofDisputes, ofFlags)} n))))`);
    await tx.execute(sql`
      delete from notifications where id in (
        select n.id from ${notificationsOf(ids, ofDisputes, ofFlags)} n)`);
    await tx.execute(sql`
      update sanctions set dispute_id = null where dispute_id in ${ofDisputes}`);
    await tx.execute(sql`update sanctions set flag_id = null where flag_id in ${ofFlags}`);
    const flags = await tx.execute(sql`delete from flags where chat_id = ${anyChat} returning 1`);
    // By whose they are, because prints have no index of chats: they are gone after a day.
    await tx.execute(sql`delete from message_prints where chat_id = ${anyChat} and sender_id = any(
      array(select user_id from chat_participants where chat_id = ${anyChat}))`);
    await tx.execute(sql`delete from dispute_notes where dispute_id in ${ofDisputes}`);
    await tx.execute(sql`delete from legal_holds where chat_id = ${anyChat}`);
    await tx.execute(sql`delete from chat_archives where chat_id = ${anyChat}`);
    await tx.execute(sql`delete from chats where id = ${anyChat} and id <> ${chatId}`);
    const disputes = await tx.execute(sql`
      delete from disputes where chat_id = ${chatId} returning 1`);
    await tx.execute(sql`delete from chats where id = ${chatId}`);
    // What their pages show of the chat goes, too.
    await notify(
      tx,
      people.map(({ id }) => ({ kind: "person-changed" as const, userId: id })),
    );
    const kept = { flags: flags.length, disputes: disputes.length };
    const entries = unit.map(({ id, lastSeq }) => {
      const row = rows.find((one) => one?.chatId === id);
      const { pictures = 0, sha256 = null, headHash: head = null } = row ?? {};
      const beside = id === chatId ? { ...kept, threads: unit.length - 1 } : {};
      return {
        action: "chat.deleted" as const,
        chatId: id,
        details: { messages: lastSeq, pictures, ...beside, archive: sha256, end: head },
      };
    });
    await audit(tx, "system", ...entries);
    return unit.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  });
}

/** By the people whom they can be about, because notifications are found by whose they are. */
const notificationsOf = (ids: string[], ofDisputes: SQL, ofFlags: SQL) => sql`(
  select n.id from notifications n
  where n.user_id in (
      select user_id from chat_participants where chat_id = ${anyOf(ids)}
      union select person_id from flags where chat_id = ${anyOf(ids)}
      union select opened_by from disputes where chat_id = ${anyOf(ids)})
    and n.kind in ('case', 'removal', 'report')
    and (n.subject_id in ${ofDisputes} or n.subject_id in ${ofFlags}
      or n.data ->> 'chatId' in (select id::text from ${eachOf(ids, "chat")})))`;
