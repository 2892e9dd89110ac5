import { asc, eq, ne, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { erasures, legalHolds, retentionSettings, users } from "~/db/schema";
import { dueAt, policyRows } from "./due.server";
import { holdsOfPerson, isInForce, listHeldChats } from "./holds.server";
import { listRuns } from "./run/ledger.server";
import { readRetention } from "./settings.server";

/** Of each list so many are shown. */
const [mostRuns, mostHeld, mostErasures, mostHolds] = [10, 20, 20, 50];

/** What admins see of retention: how it is set, what it did, and what waits for what. */
export async function readRetentionPage(db: Db, now: Date) {
  const settings = await readRetention(db);
  const [changed] = await db
    .select({ at: retentionSettings.updatedAt, by: users.name })
    .from(retentionSettings)
    .innerJoin(users, eq(users.id, retentionSettings.updatedBy));
  const moment = sql`${now.toISOString()}::timestamptz`;
  return {
    settings,
    changed: changed ? { at: changed.at.toISOString(), by: changed.by } : null,
    runs: await listRuns(db, mostRuns),
    held: await listHeldChats(db, {
      now,
      from: sql`join ${policyRows(settings.byStage)} on p.stage = s.stage`,
      isWanted: sql`${dueAt} <= ${moment}`,
      most: mostHeld,
    }),
    holds: await listHolds(db, now),
    erasures: await listErasures(db, now),
    now: now.toISOString(),
  };
}

export type RetentionPage = Awaited<ReturnType<typeof readRetentionPage>>;

/** Legal holds that are in force, those that end first first. */
async function listHolds(db: Db, now: Date) {
  const rows = await db.execute<{
    id: string;
    chat_id: string | null;
    user_id: string | null;
    title: string | null;
    name: string | null;
    reason: string;
    ends_at: string | null;
  }>(sql`
    select l.id, l.chat_id, l.user_id, s.title, u.name, l.reason,
      to_json(l.ends_at) #>> '{}' as ends_at
    from ${legalHolds} l left join chats c on c.id = l.chat_id
    left join subjects s on s.id = c.subject_id left join users u on u.id = l.user_id
    where ${isInForce(sql`l`, now)} order by l.ends_at nulls last, l.id limit ${mostHolds}`);
  return rows.map(({ id, chat_id: chatId, user_id: userId, title, name, reason, ends_at }) => ({
    ...{ id, chatId, userId, reason, title: title ?? name ?? "" },
    endsAt: ends_at && new Date(ends_at).toISOString(),
  }));
}

/** Those that are not done, the one that is due first first. */
async function listErasures(db: Db, now: Date) {
  const rows = await db
    .select({ userId: erasures.userId, dueAt: erasures.dueAt, requestedAs: erasures.requestedAs })
    .from(erasures)
    .where(ne(erasures.state, "done"))
    .orderBy(asc(erasures.dueAt))
    .limit(mostErasures);
  const listed = [];
  for (const { dueAt, ...row } of rows) {
    const holds = await holdsOfPerson(db, row.userId, now);
    listed.push({ ...row, dueAt: dueAt.toISOString(), holds });
  }
  return listed;
}
