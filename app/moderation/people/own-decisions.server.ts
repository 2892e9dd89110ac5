import { eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { notify } from "~/live/notify.server";
import type { Storage } from "~/storage/storage";
import { outlivesSanction } from "../flags/removals.server";
import { readDecidedAbout } from "./decided-about.server";
import type { OwnSanctionDecision, Removal } from "./own-decision";
import { sanctionHistory } from "./sanction-history.server";

/** Removals of messages that a person reads of on one page, the latest; older ones are history. */
const mostRemovals = 50;

export type OwnDecisions = {
  sanctions: OwnSanctionDecision[];
  removals: Removal[];
  /** Whether the host marketplace shuts him out, which nobody here decided or can lift. */
  isSuspendedByHost: boolean;
};

/**
 * All that moderators decided about a person, the latest first, as he reads it: what, of which words
 * of his, on what ground, and what he can do. Without the names of who decided or reported. What was
 * found fine is none of it.
 *
 * @param storage where his words in archived chats are; without it they are left out
 */
export async function ownDecisions(
  db: Db,
  userId: string,
  storage?: Storage,
): Promise<OwnDecisions> {
  const [history, rows, person] = await Promise.all([
    sanctionHistory(db, userId),
    findRemovals(db, userId),
    db.query.users.findFirst({ columns: { hostSuspendedAt: true }, where: eq(users.id, userId) }),
  ]);
  const flagIds = [...history.flatMap(({ flagId }) => flagId ?? []), ...rows.map(({ id }) => id)];
  const about = await readDecidedAbout(db, flagIds, storage);
  return {
    sanctions: history.map(({ userId, disputeId, flagId, imposedBy, appeal, lifted, ...own }) => ({
      ...own,
      about: (flagId && about.get(flagId)) || null,
      appeal: appeal && {
        text: appeal.text,
        at: appeal.at,
        decided: appeal.decided && { at: appeal.decided.at, answer: appeal.decided.answer },
      },
      lifted: lifted && { at: lifted.at, reason: lifted.reason },
    })),
    removals: rows.map((row) => toRemoval(row, about.get(row.id) ?? null)),
    isSuspendedByHost: Boolean(person?.hostSuspendedAt),
  };
}

/**
 * The person says that he read why his message was removed, or how his appeal was decided.
 *
 * @param id of the flag
 * @returns null when it is not his
 */
export async function acknowledgeRemoval(
  db: Db,
  viewer: Pick<Viewer, "id">,
  id: string,
): Promise<{ acknowledged: true } | null> {
  return db.transaction(async (tx) => {
    const [found] = await tx.execute(sql`
      update flags f set acknowledged_at = clock_timestamp()
      where f.id = ${id} and f.person_id = ${viewer.id} and ${isRemoval} returning f.id`);
    if (!found) return null;
    // Other pages of his, and other devices, show it no longer either.
    await notify(tx, [{ kind: "person-changed", userId: viewer.id }]);
    return { acknowledged: true };
  });
}

function findRemovals(db: Db, userId: string) {
  return db.execute<Row>(sql`
    select f.id, f.statement, f.resolved_at, ${isUnread} as is_active,
      ap.appeal, ap.opened_at as appealed_at, ap.statement as answer, ap.outcome as appeal_outcome,
      ap.resolved_at as answered_at
    from flags f ${ofRemoval}
    where f.person_id = ${userId} and ${isRemoval}
    order by f.resolved_at desc, f.id desc limit ${mostRemovals}`);
}

/**
 * Decided so at first, or because a reporter appealed; not what is said of his own appeal. Where a
 * sanction came with it, that tells of it and is what one appeals, as long as it is not lifted.
 */
export const isRemoval = sql`(f.is_redacted and f.appealed_by is distinct from f.person_id
  and (f.outcome = 'redacted' or ${outlivesSanction}))`;
export const ofRemoval = sql`left join flags ap on ap.appeal_of = f.id and ap.appealed_by = f.person_id`;
export const isUnread = sql`(f.acknowledged_at is null
  or coalesce(f.acknowledged_at < ap.resolved_at, false))`;

type Row = {
  id: string;
  statement: string;
  resolved_at: string;
  is_active: boolean;
  appeal: string | null;
  appealed_at: string;
  answer: string | null;
  appeal_outcome: string | null;
  answered_at: string | null;
};

function toRemoval(row: Row, about: Removal["about"]): Removal {
  const { id, statement, appeal, answer, answered_at: at } = row;
  const isGranted = row.appeal_outcome === "fine";
  return {
    id,
    reason: statement,
    createdAt: iso(row.resolved_at),
    about,
    isActive: row.is_active,
    appeal:
      appeal === null
        ? null
        : {
            text: appeal,
            at: iso(row.appealed_at),
            decided: at ? { at: iso(at), answer: answer ?? "", isGranted } : null,
          },
  };
}

const iso = (time: string) => new Date(time).toISOString();
