import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { EventType } from "./event-types";

/** What is sent next of one chat or person to one endpoint. */
export type Claimed = {
  /** Nobody else sends anything of it to this endpoint meanwhile. */
  claim: string;
  endpointId: string;
  url: string;
  /** Sealed; the newest first. */
  secrets: Buffer[];
  message: WebhookMessage;
  position: number;
  /** Before this one, and when the first was. */
  attempts: number;
  firstAttemptAt: Date | null;
};

export type WebhookMessage = {
  id: string;
  type: EventType;
  chatId: string | null;
  subjectId: string;
  version: number | null;
  happenedAt: Date;
};

/** An attempt takes a sixth of that at most; whoever is silent for longer is taken for dead. */
const claimSeconds = 30;
const until = sql`clock_timestamp() + ${claimSeconds} * interval '1 second'`;

/**
 * Takes what is due for longest at an endpoint.
 *
 * @param db not a transaction: what it reads has to be newer than the claim
 * @returns null where nothing is due
 */
export async function claimNext(db: Db, endpointId: string): Promise<Claimed | null> {
  for (;;) {
    const claim = randomUUID();
    const [lane] = await db.execute<{ order_key: string; last_position: string }>(sql`
      update webhook_lanes set claim = ${claim}, claimed_until = ${until}
      where (endpoint_id, order_key) in (
        select l.endpoint_id, l.order_key from webhook_lanes l
        join webhook_endpoints e on e.id = l.endpoint_id and e.disabled_at is null
        where l.endpoint_id = ${endpointId} and l.next_attempt_at <= clock_timestamp()
          and (l.claimed_until is null or l.claimed_until <= clock_timestamp())
        order by l.next_attempt_at limit 1 for update of l skip locked)
      returning order_key, last_position`);
    if (!lane) return null;
    const next = await readNext(db, endpointId, lane.order_key);
    if (next) return { claim, endpointId, ...next };
    await leave(db, claim, Number(lane.last_position));
  }
}

type Next = Omit<Claimed, "claim" | "endpointId">;
type Row = {
  url: string;
  secret: Buffer;
  previous: Buffer | null;
  id: string;
  type: EventType;
  chat_id: string | null;
  subject_id: string;
  version: string | null;
  happened_at: string;
  position: string;
  attempts: number;
  first_attempt_at: string | null;
};

/** In a statement of its own: the claim's own may show what another finished just before it. */
async function readNext(db: Db, endpointId: string, orderKey: string): Promise<Next | null> {
  const [row] = await db.execute<Row>(sql`
    select e.url, e.secret, case when e.previous_until > now() then e.previous_secret end as previous,
      m.id, m.type, m.chat_id, m.subject_id, m.version, m.happened_at, d.position, d.attempts,
      d.first_attempt_at
    from webhook_deliveries d
    join webhook_messages m on m.id = d.message_id
    join webhook_endpoints e on e.id = d.endpoint_id
    where d.endpoint_id = ${endpointId} and d.order_key = ${orderKey} and d.state = 'waiting'
    order by d.position limit 1`);
  if (!row) return null;
  return {
    url: row.url,
    secrets: row.previous ? [row.secret, row.previous] : [row.secret],
    message: {
      id: row.id,
      type: row.type,
      chatId: row.chat_id,
      subjectId: row.subject_id,
      version: row.version === null ? null : Number(row.version),
      happenedAt: new Date(row.happened_at),
    },
    position: Number(row.position),
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at ? new Date(row.first_attempt_at) : null,
  };
}

/**
 * Keeps a claim for another while, before something is sent by it.
 *
 * @returns false where it is another's by now, or nothing is to be sent to this endpoint any more
 */
export async function keepClaim(db: Db, claim: string): Promise<boolean> {
  const [kept] = await db.execute(sql`
    update webhook_lanes l set claimed_until = ${until}
    from webhook_endpoints e
    where l.claim = ${claim} and e.id = l.endpoint_id and e.disabled_at is null
    returning l.order_key`);
  return kept !== undefined;
}

/**
 * Gives up a claim: with the lane itself, where nothing came after a position; else the next of it is
 * due at once, or after a pause.
 */
export async function leave(
  db: Db,
  claim: string,
  doneTo: number | null,
  pauseMs = 0,
): Promise<void> {
  if (doneTo !== null) {
    const [gone] = await db.execute(sql`
      delete from webhook_lanes where claim = ${claim} and last_position <= ${doneTo}
      returning order_key`);
    if (gone) return;
  }
  await db.execute(sql`
    update webhook_lanes set claim = null, claimed_until = null,
      next_attempt_at = clock_timestamp() + ${pauseMs} * interval '1 millisecond'
    where claim = ${claim}`);
}

/** Endpoints for which something is due, and how many at a time an endpoint is sent. */
export async function listDue(db: Db): Promise<{ id: string; isFailing: boolean }[]> {
  const rows = await db.execute<{ id: string; is_failing: boolean }>(sql`
    select e.id, e.failing_since is not null as is_failing from webhook_endpoints e
    where e.disabled_at is null and exists (
      select from webhook_lanes l
      where l.endpoint_id = e.id and l.next_attempt_at <= clock_timestamp()
        and (l.claimed_until is null or l.claimed_until <= clock_timestamp()))`);
  return rows.map(({ id, is_failing }) => ({ id, isFailing: is_failing }));
}
