import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Message } from "~/chats/message";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { notify } from "~/live/notify.server";
import { raiseNotifications } from "~/notifications/raise.server";

/**
 * Whether what was decided about `f` removes its message still: neither that, nor the sanction that
 * came with it, was lifted on appeal, which is by who decided that and with his answer.
 */
const removes: SQL = sql`(f.is_redacted and f.appealed_by is distinct from f.person_id
  and not exists (select from flags ap where ap.appeal_of = f.id
    and ap.appealed_by = f.person_id and ap.outcome = 'fine')
  and not exists (select from sanctions s where s.flag_id = f.id
    and s.lifted_by = s.appeal_decided_by and s.lift_reason = s.appeal_answer))`;

/**
 * Whether the sanction that came with `f` was lifted by hand, before anybody decided an appeal of it:
 * what it removed stays removed, and is what its author appeals now.
 */
export const outlivesSanction: SQL = sql`exists (select from sanctions s
  where s.flag_id = f.id and s.lifted_at is not null and s.appeal_decided_at is null)`;

/** A decision that removes a message. */
type Removal = { isInCase: boolean; decidedBy: string; reason: string };

/**
 * Those that stand, the first of them first. The message's chat is locked, so that nothing is decided
 * about it meanwhile.
 *
 * @param besides the flag whose decision is lifted by who asks
 */
export async function standingRemovals(
  tx: Db,
  { id, chatId }: Pick<Message, "id" | "chatId">,
  besides: string | null = null,
): Promise<Removal[]> {
  return tx.execute<Removal>(sql`
    select f.source = 'case' as "isInCase", f.decided_by as "decidedBy", f.statement as reason
    from flags f
    where f.chat_id = ${chatId} and f.message_id = ${id} and f.id is distinct from ${besides}
      and ${removes}
    order by f.resolved_at, f.id`);
}

/**
 * What a moderator removed under a case, as a flag that is decided: so its author reads the reasons,
 * and can appeal, as with any other. It is locked by its chat; the audit entry is its caller's.
 *
 * @returns the flag's id
 */
export async function decideInCase(
  tx: Db,
  moderator: Pick<Viewer, "id">,
  { id: messageId, chatId, seq }: Message,
  { personId, disputeId, reason }: { personId: string; disputeId: string; reason: string },
): Promise<string> {
  const id = newRowId();
  await tx.execute(sql`
    insert into flags (id, chat_id, message_id, person_id, seq, source, severity, status, opened_at,
      outcome, statement, is_redacted, decided_by, resolved_at, dispute_id)
    values (${id}, ${chatId}, ${messageId}, ${personId}, ${seq}, 'case', 0, 'resolved',
      clock_timestamp(), 'redacted', ${reason}, true, ${moderator.id}, clock_timestamp(),
      ${disputeId})`);
  await notify(tx, [{ kind: "person-changed", userId: personId }]);
  const data = { what: "removed" as const, chatId };
  await raiseNotifications(tx, [{ userId: personId, kind: "removal", subjectId: id, data }]);
  return id;
}
