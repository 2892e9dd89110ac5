import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { severityOfFindings } from "~/moderation/flags/flag";
import { raiseFlags } from "~/moderation/flags/raise.server";
import type { Filter } from "../filters";
import { countHit } from "../hits.server";
import type { Reason } from "../verdict";
import { remembered } from "./alike.server";
import type { Bulk } from "./finding.server";

/** More of the same text say nothing more to a moderator. */
const mostFlagged = 50;

type Judged = { message_id: string; chat_id: string; seq: number };

/** From now on each message of these is judged with what is known of its sender. */
export async function watch(db: Db, who: SQL): Promise<void> {
  // Not again and again for somebody who goes on: each row that is written costs his next send.
  await db.execute(sql`
    update users set watched_until = now() + ${remembered}
    where ${who} and (watched_until is null or watched_until < now() + ${remembered} * 0.9)`);
}

/**
 * Queues for review what somebody sent to many, and has him watched. A message gets the verdict once,
 * whoever finds it how often, and it is the verdict that raises the flag: also two processes that
 * find it at once, and one that died before, raise one.
 *
 * The sender's row is written before and apart: flags come with the audit log, which is locked last.
 */
export async function flagBulk(pool: Db, found: Bulk, actions: Filter["actions"]): Promise<void> {
  const { senderId, chats } = found;
  await watch(pool, sql`id = ${senderId}`);
  const reasons: Reason[] = [{ kind: "bulk", action: "flag", words: [], chats }];
  const stages = Object.entries(actions).flatMap(([stage, action]) =>
    action === "allow" ? [] : [stage],
  );
  const judged = await pool.transaction(async (tx) => {
    const judged = await tx.execute<Judged>(sql`
      with of_bulk as (
        select m.id, m.version, m.chat_id, m.seq, s.stage
        from chat_messages m
        join chats c on c.id = m.chat_id
        join subjects s on s.id = c.subject_id
        where m.id = ${anyOf(found.messageIds)}
          and s.stage in (select value
            from json_array_elements_text(${JSON.stringify(stages)}::text::json))
          and m.deleted_at is null
          and not exists (select from message_verdicts v
            where v.message_id = m.id and v.reasons @> '[{"kind": "bulk"}]')
        order by m.id desc limit ${mostFlagged}
      ),
      judged as (
        insert into message_verdicts as v (message_id, version, action, stage, reasons)
        select id, version, 'flag', stage, ${JSON.stringify(reasons)}::text::jsonb
        from of_bulk order by id
        on conflict (message_id, version) do update set reasons = v.reasons || excluded.reasons
          where not v.reasons @> '[{"kind": "bulk"}]'
        returning message_id
      )
      select b.id as message_id, b.chat_id, b.seq::int from of_bulk b
      join judged j on j.message_id = b.id`);
    const severity = severityOfFindings(reasons);
    await raiseFlags(
      tx,
      judged.map(({ message_id: messageId, chat_id: chatId, seq }) => ({
        messageId,
        chatId,
        seq,
        personId: senderId,
        source: "filter",
        severity,
      })),
    );
    return judged;
  });
  for (const _ of judged) countHit(pool, "bulk", "flag");
}
