import { desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "~/db/client.server";
import { sanctions, users } from "~/db/schema";
import type { Sanction } from "./sanction";

const [imposer, decider, lifter] = [
  alias(users, "imposer"),
  alias(users, "decider"),
  alias(users, "lifter"),
];

/** All that a person ever bore, the latest first: for moderators. */
export function sanctionHistory(db: Db, userId: string): Promise<Sanction[]> {
  return select(db, eq(sanctions.userId, userId));
}

export async function findSanction(db: Db, id: string): Promise<Sanction | null> {
  return (await select(db, eq(sanctions.id, id)))[0] ?? null;
}

/** By the database's clock, as everything that asks whether it still holds. */
const isActive = sql<boolean>`${sanctions.liftedAt} is null and case ${sanctions.kind}
  when 'warning' then ${sanctions.acknowledgedAt} is null
  else ${sanctions.endsAt} is null or ${sanctions.endsAt} > now() end`;

async function select(db: Db, where: SQL): Promise<Sanction[]> {
  const rows = await db
    .select({
      row: sanctions,
      isActive,
      imposedBy: { id: imposer.id, name: imposer.name },
      decidedBy: { id: decider.id, name: decider.name },
      liftedBy: { id: lifter.id, name: lifter.name },
    })
    .from(sanctions)
    .innerJoin(imposer, eq(imposer.id, sanctions.imposedBy))
    .leftJoin(decider, eq(decider.id, sanctions.appealDecidedBy))
    .leftJoin(lifter, eq(lifter.id, sanctions.liftedBy))
    .where(where)
    .orderBy(desc(sanctions.createdAt), desc(sanctions.id));
  return rows.map(toSanction);
}

type Row = {
  row: typeof sanctions.$inferSelect;
  isActive: boolean;
  imposedBy: { id: string; name: string };
  decidedBy: { id: string; name: string } | null;
  liftedBy: { id: string; name: string } | null;
};

function toSanction({ row, isActive, imposedBy, decidedBy, liftedBy }: Row): Sanction {
  const { id, userId, kind, reason, disputeId, flagId } = row;
  const { appeal, appealedAt, appealAnswer, appealDecidedAt, liftedAt, liftReason } = row;
  const decided =
    decidedBy && appealDecidedAt && appealAnswer !== null
      ? { by: decidedBy, at: appealDecidedAt.toISOString(), answer: appealAnswer }
      : null;
  return {
    id,
    userId,
    kind,
    reason,
    disputeId,
    flagId,
    imposedBy,
    createdAt: row.createdAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
    isActive,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    appeal:
      appeal !== null && appealedAt
        ? { text: appeal, at: appealedAt.toISOString(), decided }
        : null,
    lifted:
      liftedBy && liftedAt && liftReason !== null
        ? { by: liftedBy, at: liftedAt.toISOString(), reason: liftReason }
        : null,
  };
}
