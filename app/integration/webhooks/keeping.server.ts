import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { oldestWebhookSeconds, webhooksWaiting } from "./webhook-metrics.server";

/** For how long it is known what endpoints were told, and can be sent again. */
export const keptDays = 7;
/** Few enough that a statement takes no longer than others. */
const sweptAtOnce = 1_000;

export async function countWaiting(db: Db): Promise<void> {
  const [figures] = await db.execute<{ waiting: number; oldest: number }>(sql`
    select count(*)::int as waiting,
      coalesce(extract(epoch from now() - min(created_at)), 0)::float as oldest
    from webhook_deliveries where state = 'waiting'`);
  webhooksWaiting.set(figures?.waiting ?? 0);
  oldestWebhookSeconds.set(figures?.oldest ?? 0);
}

/** Forgets what is finished for every endpoint, with its deliveries and attempts. @returns how many */
export async function sweepMessages(db: Db): Promise<number> {
  for (let swept = 0; ; ) {
    const [gone] = await db.execute<{ count: number }>(sql`
      with gone as (
        delete from webhook_messages where id in (
          select m.id from webhook_messages m
          where m.created_at < now() - ${keptDays} * interval '1 day' and not exists (
            select from webhook_deliveries d where d.message_id = m.id and d.state = 'waiting')
          order by m.created_at limit ${sweptAtOnce} for update skip locked)
        returning 1)
      select count(*)::int from gone`);
    swept += gone?.count ?? 0;
    if ((gone?.count ?? 0) < sweptAtOnce) return swept;
  }
}
