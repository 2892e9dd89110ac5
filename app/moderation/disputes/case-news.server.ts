import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { NewsSource } from "~/live/news.server";
import { notify } from "~/live/notify.server";
import { isHeld } from "../flags/flag-row.server";
import type { CaseCounts } from "./case-counts";

const topic = "cases";

/** Tells the pages of moderators, when and only when the transaction commits, that cases changed. */
export async function tellCases(tx: Db): Promise<void> {
  await notify(tx, [{ kind: "news", topic }]);
}

const selectCounts = prepare<CaseCounts>(sql`
  select (count(*) filter (where claimed_by is null))::int as unclaimed,
    (count(*) filter (where
      case when first_look_at is null then least(first_look_due, decision_due)
        else decision_due end < now()))::int as overdue,
    (select count(*)::int from sanctions
      where appealed_at is not null and appeal_decided_at is null and lifted_at is null)
      as "sanctionAppeals",
    (select count(*)::int from flags f where f.status <> 'resolved' and not ${isHeld}) as flags
  from disputes where status <> 'resolved'`);

export async function countCaseNews(db: Db): Promise<CaseCounts> {
  const [counts] = await selectCounts(db, {});
  return counts ?? { unclaimed: 0, overdue: 0, sanctionAppeals: 0, flags: 0 };
}

/** `cases.updated` on the streams of who is a moderator or an admin at that moment. */
export function caseNews(db: Db): NewsSource {
  return {
    [topic]: async () => {
      const moderators = await db.execute<{ id: string }>(
        sql`select id from users where role in ('moderator', 'admin')`,
      );
      const userIds = moderators.map(({ id }) => id);
      return { event: "cases.updated", data: await countCaseNews(db), userIds };
    },
  };
}
