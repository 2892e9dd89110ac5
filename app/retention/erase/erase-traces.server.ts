import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

/** Counters and jobs that name somebody by his address, or are for him alone. */
export async function eraseTraces(
  db: Db,
  { userId, name, email }: { userId: string; name: string | null; email: string | null },
): Promise<void> {
  const names = JSON.stringify([name, email].flatMap((one) => (one ? [one.toLowerCase()] : [])));
  await db.execute(sql`
    delete from rate_limits
    where key like '%:' || ${email ?? userId} or key like '%:' || ${userId}::text`);
  await db.execute(sql`
    select graphile_worker.complete_jobs(array(
      select j.id from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where j.locked_at is null and t.identifier not in ('erase', 'personal-export')
        and j.payload ->> 'userId' = ${userId}))`);
  // What another server answered may say whose address it did not take.
  await db.execute(sql`
    update graphile_worker._private_jobs j set last_error = 'erased'
    where exists (select from jsonb_array_elements_text(${names}::jsonb) named(word)
      where strpos(lower(j.last_error), named.word) > 0)`);
  // A host may answer a webhook with what it was told.
  await db.execute(sql`
    update webhook_attempts a set answer = null
    where exists (select from jsonb_array_elements_text(${names}::jsonb) named(word)
      where strpos(lower(a.answer), named.word) > 0)`);
}
