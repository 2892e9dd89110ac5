import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { webhookAttempts } from "~/db/schema";
import { retryTime } from "~/notifications/push/retry-after";
import { type Claimed, leave } from "./claim.server";
import { switchOff } from "./finish.server";
import { patienceMs, pauseAfter } from "./pauses";
import type { Attempted } from "./send.server";
import { webhookAttempts as attemptsCounted } from "./webhook-metrics.server";

const isTaken = ({ status }: Attempted) => status !== null && status >= 200 && status < 300;

/** Notes how an attempt ended, and what comes of that. Nothing, where all of it is deleted by now. */
export async function settle(db: Db, claimed: Claimed, attempted: Attempted): Promise<void> {
  const isBack = await db.transaction(async (tx) => {
    await lockEndpoint(tx, claimed.endpointId);
    const isOurs = await lockLane(tx, claimed.claim);
    if (!(await noteAttempt(tx, claimed, attempted))) return false;
    if (isTaken(attempted)) return delivered(tx, claimed);
    // Whoever took it over by now says what becomes of it.
    if (isOurs) await failed(tx, claimed, attempted);
    return false;
  });
  const outcome = isTaken(attempted) ? "delivered" : "failed";
  attemptsCounted.inc({ outcome });
  if (isBack) await wakeAll(db, claimed.endpointId);
}

/** Before its lanes, as whoever switches it off: two attempts that end at once would wait in a circle. */
const lockEndpoint = (tx: Db, endpointId: string) =>
  tx.execute(sql`select from webhook_endpoints where id = ${endpointId} for no key update`);

async function lockLane(tx: Db, claim: string): Promise<boolean> {
  const [lane] = await tx.execute(
    sql`select order_key from webhook_lanes where claim = ${claim} for update`,
  );
  return lane !== undefined;
}

/** @returns false where the delivery is deleted */
async function noteAttempt(
  tx: Db,
  { endpointId, message }: Claimed,
  { at, durationMs, status, error, answer }: Attempted,
): Promise<boolean> {
  const [noted] = await tx.execute(sql`
    update webhook_deliveries
    set attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ${at.toISOString()})
    where endpoint_id = ${endpointId} and message_id = ${message.id} returning 1`);
  if (!noted) return false;
  await tx
    .insert(webhookAttempts)
    .values({ endpointId, messageId: message.id, at, durationMs, status, error, answer });
  return true;
}

const finish = (tx: Db, { endpointId, message }: Claimed, state: "delivered" | "failed") =>
  tx.execute(sql`
    update webhook_deliveries set state = ${state}, finished_at = now()
    where endpoint_id = ${endpointId} and message_id = ${message.id}`);

/** @returns whether the endpoint answers again after it did not for some time */
async function delivered(tx: Db, claimed: Claimed): Promise<boolean> {
  await finish(tx, claimed, "delivered");
  await leave(tx, claimed.claim, claimed.position);
  const [was] = await tx.execute<{ is_back: boolean }>(sql`
    with failing as (
      select id, failing_since < now() - interval '5 minutes' as is_back from webhook_endpoints
      where id = ${claimed.endpointId} and failing_since is not null for update)
    update webhook_endpoints e set failing_since = null from failing where e.id = failing.id
    returning failing.is_back`);
  return was?.is_back ?? false;
}

async function failed(tx: Db, claimed: Claimed, attempted: Attempted): Promise<void> {
  const { endpointId, claim, position } = claimed;
  const { at, status, retryAfter, isGone } = attempted;
  if (isGone) {
    await finish(tx, claimed, "failed");
    return leave(tx, claim, position);
  }
  const since = at.getTime() - (claimed.firstAttemptAt ?? at).getTime();
  const asked = retryTime(retryAfter, at);
  const pause = pauseAfter(claimed.attempts + 1, since, asked && asked.getTime() - at.getTime());
  if (pause === null) {
    await finish(tx, claimed, "failed");
    await leave(tx, claim, position);
  } else await leave(tx, claim, null, pause);
  if (status === 410) return switchOff(tx, endpointId, "gone");
  const [failing] = await tx.execute<{ is_over: boolean }>(sql`
    update webhook_endpoints set failing_since = coalesce(failing_since, ${at.toISOString()})
    where id = ${endpointId} and disabled_at is null
    returning failing_since <= ${new Date(at.getTime() - patienceMs).toISOString()} as is_over`);
  if (failing?.is_over) await switchOff(tx, endpointId, "failing");
}

/** What waits for its next attempt need wait no more: the endpoint is back. */
async function wakeAll(db: Db, endpointId: string): Promise<void> {
  await db.execute(sql`
    update webhook_lanes set next_attempt_at = clock_timestamp()
    where (endpoint_id, order_key) in (
      select endpoint_id, order_key from webhook_lanes
      where endpoint_id = ${endpointId} and next_attempt_at > clock_timestamp()
      order by order_key for update skip locked)`);
}
