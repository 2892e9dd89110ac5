import { desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "~/db/client.server";
import { auditLog, users } from "~/db/schema";
import { isAuditAction } from "./audit-actions";
import type { Step } from "./step";

/** Looks that are told of once in a while: a page that is open all day is one look after another. */
const lookPauseMs = 30 * 60_000;

/** The latest: the audit log itself has them all. */
const mostSteps = 300;

const [actor, person] = [alias(users, "actor"), alias(users, "person")];

/**
 * What was done in a case, from the audit log, the oldest first. The caller has made sure who may
 * see it. Of looks of one person that follow each other only the first is told of.
 */
export function stepsOfCase(db: Db, disputeId: string): Promise<Step[]> {
  return listSteps(db, eq(auditLog.disputeId, disputeId));
}

/** The same of a flag, and that it was appealed; all of it is about one person, who is not named. */
export async function stepsOfFlag(
  db: Db,
  { id, chatId }: { id: string; chatId: string },
): Promise<Step[]> {
  const details = sql`${auditLog.details}::jsonb`;
  const steps = await listSteps(
    db,
    sql`${eq(auditLog.chatId, chatId)}
      and (${details} ->> 'flagId' = ${id} or ${details} ->> 'appealOf' = ${id})`,
  );
  return steps.map((step) => ({ ...step, person: null }));
}

async function listSteps(db: Db, where: SQL): Promise<Step[]> {
  const rows = await db
    .select({
      seq: auditLog.seq,
      at: auditLog.at,
      action: auditLog.action,
      actorId: auditLog.actorId,
      role: auditLog.actorRole,
      actor: actor.name,
      person: person.name,
    })
    .from(auditLog)
    .leftJoin(actor, eq(actor.id, auditLog.actorId))
    .leftJoin(person, eq(person.id, auditLog.personId))
    .where(where)
    .orderBy(desc(auditLog.seq))
    .limit(mostSteps);
  const looked = new Map<string, number>();
  return rows.reverse().flatMap((row): Step[] => {
    const { action, actorId, role } = row;
    if (!isAuditAction(action)) return [];
    if (isLook(action)) {
      const key = `${actorId}`;
      const before = looked.get(key) ?? 0;
      looked.set(key, row.at.getTime());
      if (row.at.getTime() - before < lookPauseMs) return [];
    }
    return [
      {
        seq: row.seq,
        at: row.at.toISOString(),
        action,
        actor: { name: row.actor, role },
        person: row.person,
      },
    ];
  });
}

const isLook = (action: string) =>
  action === "dispute.viewed" || action === "chat.viewed" || action === "flag.viewed";
