import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { webhookEndpoints, webhookTail } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { type Host, isHost } from "../host/host";
import type { Endpoint } from "./endpoint";
import type { EndpointChange, EndpointDraft } from "./endpoint-form.server";
import { stopWaiting } from "./finish.server";
import { makeSecret, rotationHours, sealSecret } from "./secret.server";

/** An admin, or the host by a key with the scope: what asks for it was judged by then. */
export type By = Viewer | Host;

/** Each is sent to by itself, so this bounds what a process sends at a time. */
export const mostEndpoints = 20;

export const mayManage = (by: By): boolean => isHost(by) || hasRole(by, "admin");

/** @returns null for whoever is no admin */
export async function listEndpoints(db: Db, by: By): Promise<Endpoint[] | null> {
  return mayManage(by) ? readEndpoints(db) : null;
}

/** @returns null for whoever is no admin, and where there is none */
export async function findEndpoint(db: Db, by: By, id: string): Promise<Endpoint | null> {
  if (!mayManage(by)) return null;
  const [endpoint] = await readEndpoints(db, id);
  return endpoint ?? null;
}

/**
 * Has an endpoint told of what happens from now on.
 *
 * @param draft a form brings the `id`, so that the same form makes the same endpoint once
 * @returns with its secret, which is shown once; `made` for an `id` that has one already, since nobody
 *   can say its secret again; null for whoever is no admin
 */
export async function createEndpoint(
  db: Db,
  by: By,
  { id, url, eventTypes }: EndpointDraft & { id?: string },
): Promise<
  { endpoint: Endpoint; secret: string } | { refused: "made" | "tooManyEndpoints" } | null
> {
  if (!mayManage(by)) return null;
  return db.transaction(async (tx) => {
    await lockTail(tx);
    if (id && (await readEndpoints(tx, id)).length) return { refused: "made" };
    if ((await readEndpoints(tx)).length >= mostEndpoints) return { refused: "tooManyEndpoints" };
    const secret = makeSecret();
    const createdBy = isHost(by) ? { createdByKey: by.keyId } : { createdBy: by.id };
    const [made] = await tx
      .insert(webhookEndpoints)
      .values({ id, url, eventTypes, secret: sealSecret(secret), ...createdBy })
      .returning({ id: webhookEndpoints.id });
    if (!made) throw new Error("An endpoint was not stored");
    await note(tx, by, "webhook.created", made.id, { eventTypes });
    const [endpoint] = await readEndpoints(tx, made.id);
    if (!endpoint) throw new Error("An endpoint was not stored");
    return { endpoint, secret };
  });
}

/**
 * What waits goes where it is now to go, with the secrets of then. Switched on again, it is told of
 * what happens from then on; what it was not told before can be sent again.
 *
 * @returns with `secret` where it was to be a new one; null for whoever is no admin, or without one
 */
export async function changeEndpoint(
  db: Db,
  by: By,
  id: string,
  { url, eventTypes, isEnabled, rotateSecret }: EndpointChange,
  provided?: Provided,
): Promise<{ endpoint: Endpoint; secret?: string } | null> {
  if (!mayManage(by)) return null;
  return db.transaction(async (tx) => {
    await lockTail(tx);
    const [known] = await tx
      .select()
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.id, id))
      .for("update");
    if (!known) return null;
    await provided?.(tx);
    const secret = rotateSecret ? makeSecret() : undefined;
    const isOn = known.disabledAt === null;
    const rotated = secret && {
      secret: sealSecret(secret),
      previousSecret: known.secret,
      previousUntil: sql`now() + ${rotationHours} * interval '1 hour'`,
    };
    const switched =
      isEnabled === undefined || isEnabled === isOn
        ? {}
        : isEnabled
          ? { disabledAt: null, disabledReason: null, failingSince: null, since }
          : { disabledAt: sql`now()`, disabledReason: "asked" as const };
    const changes = {
      ...(url && { url }),
      ...(eventTypes && { eventTypes }),
      ...rotated,
      ...switched,
    };
    if (Object.keys(changes).length) {
      await tx.update(webhookEndpoints).set(changes).where(eq(webhookEndpoints.id, id));
      if (isEnabled === false) await stopWaiting(tx, id);
      const details = {
        ...(eventTypes && { eventTypes }),
        ...(url && { isMoved: url !== known.url }),
        ...(rotateSecret && { isRotated: true }),
        ...(Object.keys(switched).length > 0 && { isEnabled }),
      };
      await note(tx, by, "webhook.changed", id, details);
    }
    const [endpoint] = await readEndpoints(tx, id);
    if (!endpoint) throw new Error("A locked endpoint is gone");
    return { endpoint, ...(secret && { secret }) };
  });
}

/**
 * With all that waits for it, and what is known of what it was told.
 *
 * @returns null for whoever is no admin, and where there is none
 */
export async function deleteEndpoint(
  db: Db,
  by: By,
  id: string,
  provided?: Provided,
): Promise<{ deleted: true } | null> {
  if (!mayManage(by)) return null;
  return db.transaction(async (tx) => {
    const isIt = eq(webhookEndpoints.id, id);
    const [known] = await tx
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(isIt)
      .for("update");
    if (!known) return null;
    await provided?.(tx);
    await tx.delete(webhookEndpoints).where(isIt);
    await note(tx, by, "webhook.deleted", id);
    return { deleted: true };
  });
}

const since = sql`pg_current_snapshot()::text`;

/**
 * Nobody looks for news meanwhile: else what commits between the look and this would be told to
 * nobody. While no endpoint is told of anything nobody looks at all, so the first one says from where.
 */
export async function lockTail(tx: Db): Promise<void> {
  await tx.insert(webhookTail).values({ snapshot: since }).onConflictDoNothing();
  await tx.execute(sql`select from ${webhookTail} for update`);
  const [one] = await tx
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(isNull(webhookEndpoints.disabledAt))
    .limit(1);
  if (!one) await tx.update(webhookTail).set({ snapshot: since, movedAt: sql`now()` });
}

type Action = "webhook.created" | "webhook.changed" | "webhook.deleted";

function note(tx: Db, by: By, action: Action, endpointId: string, more = {}): Promise<void> {
  return audit(tx, by, { action, details: { endpointId, ...more } });
}

async function readEndpoints(db: Db, id?: string): Promise<Endpoint[]> {
  const e = webhookEndpoints;
  const rows = await db
    .select({
      id: e.id,
      url: e.url,
      eventTypes: e.eventTypes,
      createdAt: e.createdAt,
      disabledAt: e.disabledAt,
      disabledReason: e.disabledReason,
      failingSince: e.failingSince,
      previousUntil: sql<string | null>`case when ${e.previousUntil} > now()
        then to_json(${e.previousUntil}) #>> '{}' end`,
      waiting: sql<number>`(select count(*)::int from webhook_deliveries d
        where d.endpoint_id = ${e.id} and d.state = 'waiting')`,
    })
    .from(e)
    .where(and(id ? eq(e.id, id) : undefined))
    .orderBy(asc(e.createdAt), asc(e.id));
  return rows.map(({ disabledAt, disabledReason, previousUntil, ...row }) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: previousUntil && new Date(previousUntil).toISOString(),
    switchedOff:
      disabledAt && disabledReason
        ? { at: disabledAt.toISOString(), reason: disabledReason }
        : null,
  }));
}
