import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Browser } from "~/accounts/browser.server";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { pushSubscriptions, sessions } from "~/db/schema";
import { NotPublic, resolvePublic } from "~/http/outgoing/resolve.server";
import { environment } from "~/operations/environment.server";
import { allowedEndpoint } from "./push-services";

/** More browsers than anybody has; of one more the oldest ends. */
const maxEach = 20;

type Keys = { endpoint: string; p256dh: string; auth: string };

/** What a push is sent with. */
export type Subscription = Keys & {
  id: string;
  failures: number;
  pausedUntil: Date | null;
};

/**
 * Has a browser pushed to, for as long as the session lasts. A browser has one endpoint, whoever is
 * signed in: it is moved to this person.
 *
 * @returns null when the viewer is signed out by now; `refused` for what is no push service
 */
export async function subscribe(
  db: Db,
  viewer: Viewer,
  { former, ...draft }: Keys & Browser & { former?: string },
): Promise<{ done: true } | { refused: true } | null> {
  if (!(await isPushService(draft.endpoint))) return { refused: true };
  return db.transaction(async (tx) => {
    if (!(await isSignedIn(tx, viewer))) return null;
    if (former && former !== draft.endpoint) await unsubscribe(tx, viewer, former);
    const set = {
      ...draft,
      userId: viewer.id,
      sessionId: viewer.sessionId,
      createdAt: sql`clock_timestamp()`,
      failures: 0,
      pausedUntil: null,
    };
    // Another person's is another one: nothing that was delivered to the one was to the other.
    const id = sql`case when ${pushSubscriptions.userId} = excluded.user_id
      then ${pushSubscriptions.id} else excluded.id end`;
    await tx
      .insert(pushSubscriptions)
      .values(set)
      .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: { ...set, id } });
    const surplus = tx
      .select({ id: pushSubscriptions.id })
      .from(pushSubscriptions)
      .where(eq(pushSubscriptions.userId, viewer.id))
      .orderBy(desc(pushSubscriptions.createdAt))
      .offset(maxEach);
    await tx.delete(pushSubscriptions).where(inArray(pushSubscriptions.id, surplus));
    return { done: true };
  });
}

/** The browser's own end of it; one that is not there any more, or is somebody else's, stays as it is. */
export async function unsubscribe(
  db: Db,
  viewer: Pick<Viewer, "id">,
  endpoint: string,
): Promise<void> {
  await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.endpoint, endpoint), eq(pushSubscriptions.userId, viewer.id)));
}

/** From any of the person's devices; one that is not there, or is somebody else's, stays as it is. */
export async function revoke(db: Db, viewer: Pick<Viewer, "id">, id: string): Promise<void> {
  await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.id, id), eq(pushSubscriptions.userId, viewer.id)));
}

/** A browser that is pushed to, as its owner sees it; times are ISO 8601, UTC. */
export type PushDevice = Browser & {
  id: string;
  /** It is the one that asks. */
  isThis: boolean;
  since: string;
  lastPushAt: string | null;
};

export async function listDevices(db: Db, viewer: Viewer): Promise<PushDevice[]> {
  const rows = await db
    .select()
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.userId, viewer.id))
    .orderBy(desc(pushSubscriptions.createdAt));
  return rows.map(({ id, browser, system, sessionId, createdAt, lastTakenAt }) => ({
    id,
    browser,
    system,
    isThis: sessionId === viewer.sessionId,
    since: createdAt.toISOString(),
    lastPushAt: lastTakenAt?.toISOString() ?? null,
  }));
}

/** Whether the browser that the viewer looks with is pushed to. */
export async function isPushedTo(db: Db, { id, sessionId }: Viewer): Promise<boolean> {
  const [row] = await db
    .select({ id: pushSubscriptions.id })
    .from(pushSubscriptions)
    .where(and(eq(pushSubscriptions.userId, id), eq(pushSubscriptions.sessionId, sessionId)))
    .limit(1);
  return row !== undefined;
}

/** Where pushes for a person go: those of sessions that have not expired. */
export function subscriptionsOf(db: Db, userId: string): Promise<Subscription[]> {
  return db
    .select({
      id: pushSubscriptions.id,
      endpoint: pushSubscriptions.endpoint,
      p256dh: pushSubscriptions.p256dh,
      auth: pushSubscriptions.auth,
      failures: pushSubscriptions.failures,
      pausedUntil: pushSubscriptions.pausedUntil,
    })
    .from(pushSubscriptions)
    .innerJoin(sessions, eq(sessions.id, pushSubscriptions.sessionId))
    .where(and(eq(pushSubscriptions.userId, userId), gt(sessions.expiresAt, sql`now()`)));
}

/** Looked at when the push service is connected, which may take long. */
export async function isStillThere(db: Db, { id }: Pick<Subscription, "id">): Promise<boolean> {
  const [row] = await db
    .select({ id: pushSubscriptions.id })
    .from(pushSubscriptions)
    .innerJoin(sessions, eq(sessions.id, pushSubscriptions.sessionId))
    .where(and(eq(pushSubscriptions.id, id), gt(sessions.expiresAt, sql`now()`)));
  return row !== undefined;
}

/** Looked at again with each push: by then the list or DNS may say something else. */
async function isPushService(endpoint: string): Promise<boolean> {
  const allowed = allowedEndpoint(endpoint, environment().pushServices);
  if (!allowed) return false;
  if (allowed.mayBePrivate) return true;
  try {
    await resolvePublic(allowed.url.hostname);
    return true;
  } catch (error) {
    // A resolver that is away for now says nothing about the host.
    return !(error instanceof NotPublic) && !isUnknownHost(error);
  }
}

const isUnknownHost = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOTFOUND";
