import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import { type By, mayManage } from "./endpoints.server";

/** At a time; whoever wants more asks again. */
const mostAtOnce = 10_000;

/** One that is finished, however it ended, or all that failed since a time. */
type Which = { messageId: string } | { since: Date };

type Redelivered =
  /** How many wait again. */
  { waiting: number } | { refused: "switchedOff" };

/**
 * Sends again what is finished, under the same `webhook-id`: after what waits of its chat by now, in
 * the order in which it was told first. What waits is not touched.
 *
 * @returns null for whoever is no admin, and where there is no such endpoint or delivery
 */
export async function redeliver(
  db: Db,
  by: By,
  endpointId: string,
  which: Which,
): Promise<Redelivered | null> {
  if (!mayManage(by)) return null;
  return db.transaction(async (tx) => {
    // Nobody switches it off meanwhile.
    const [endpoint] = await tx.execute<{ is_off: boolean }>(sql`
      select disabled_at is not null as is_off from webhook_endpoints where id = ${endpointId}
      for no key update`);
    if (!endpoint) return null;
    if ("messageId" in which && !(await isKnown(tx, endpointId, which.messageId))) return null;
    if (endpoint.is_off) return { refused: "switchedOff" };
    const waiting = await queueAgain(
      tx,
      endpointId,
      "since" in which
        ? sql`state = 'failed' and created_at >= ${which.since.toISOString()}`
        : sql`state <> 'waiting' and message_id = ${which.messageId}`,
    );
    if (waiting) {
      const details = { endpointId, count: waiting };
      await audit(tx, by, { action: "webhook.redelivered", details });
    }
    return { waiting };
  });
}

async function isKnown(tx: Db, endpointId: string, messageId: string): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select 1 from webhook_deliveries
    where endpoint_id = ${endpointId} and message_id = ${messageId}`);
  return row !== undefined;
}

async function queueAgain(tx: Db, endpointId: string, isMeant: SQL): Promise<number> {
  const [queued] = await tx.execute<{ count: number }>(sql`
    with meant as materialized (
      select message_id, position from webhook_deliveries
      where endpoint_id = ${endpointId} and ${isMeant}
      order by position limit ${mostAtOnce} for update
    ),
    numbered as materialized (
      select message_id, nextval(pg_get_serial_sequence('webhook_deliveries', 'position')) as next
      from (select message_id from meant order by position) in_order
    ),
    queued as (
      update webhook_deliveries d
      set state = 'waiting', finished_at = null, attempts = 0, first_attempt_at = null,
        position = numbered.next
      from numbered where d.endpoint_id = ${endpointId} and d.message_id = numbered.message_id
      returning d.order_key, d.position
    ),
    lanes as (
      insert into webhook_lanes as l (endpoint_id, order_key, last_position)
      select ${endpointId}::uuid, order_key, max(position) from queued
      group by order_key order by order_key
      on conflict (endpoint_id, order_key)
        do update set last_position = greatest(l.last_position, excluded.last_position)
    )
    select count(*)::int from queued`);
  return queued?.count ?? 0;
}
