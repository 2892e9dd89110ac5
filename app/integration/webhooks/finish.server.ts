import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { type switchedOffReasons, users } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { raiseNotifications } from "~/notifications/raise.server";
import { log } from "~/operations/log.server";

/** What waits for an endpoint that is told nothing any more: kept, to be sent again by hand. */
export async function stopWaiting(tx: Db, endpointId: string): Promise<void> {
  await tx.execute(sql`delete from webhook_lanes where endpoint_id = ${endpointId}`);
  await tx.execute(sql`
    update webhook_deliveries set state = 'failed', finished_at = now()
    where endpoint_id = ${endpointId} and state = 'waiting'`);
}

type Reason = Exclude<(typeof switchedOffReasons)[number], "asked">;

/** Tells an endpoint nothing any more, and every admin that it is so. Twice is once. */
export async function switchOff(tx: Db, endpointId: string, reason: Reason): Promise<void> {
  const [off] = await tx.execute(sql`
    update webhook_endpoints set disabled_at = now(), disabled_reason = ${reason}
    where id = ${endpointId} and disabled_at is null returning id`);
  if (!off) return;
  await stopWaiting(tx, endpointId);
  const admins = await tx.execute<{ id: string }>(sql`
    select id from ${users} where role = 'admin' and erased_at is null`);
  await raiseNotifications(
    tx,
    admins.map(({ id: userId }) => ({
      ...{ userId, kind: "webhook", subjectId: endpointId },
      data: { what: reason },
    })),
  );
  await audit(tx, "system", { action: "webhook.switched_off", details: { endpointId, reason } });
  log.warn({ endpoint: endpointId, reason }, "a webhook endpoint was switched off");
}
