import { createHmac, randomBytes } from "node:crypto";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { sessions, users } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { environment } from "~/operations/environment.server";
import { isLockedOut, type Standing, standingOf } from "./standing.server";
import type { Viewer } from "./viewer";

/** A session ends when it was not used for so long. */
const lifetime = sql`interval '30 days'`;
/** It is prolonged at most once a day, so that reading a page does not write a row each time. */
const unprolonged = sql`interval '29 days'`;
/** Few enough that a sign-in does not feel them; more than it adds. */
const sweptAtOnce = 100;

/**
 * @returns the token for the cookie, which is kept nowhere, and the session's id; they open nothing
 *   where he was erased meanwhile
 */
export async function createSession(
  db: Db,
  userId: string,
): Promise<{ token: string; id: string }> {
  const token = randomBytes(32).toString("base64url");
  const id = idOf(token);
  await sweepSessions(db);
  // It waits for who is just being sanctioned: see `lockPeople`.
  await db.execute(sql`
    insert into sessions (id, user_id, expires_at)
    select ${id}, ${users.id}, now() + ${lifetime} from ${users}
    where ${users.id} = ${userId} and ${users.erasedAt} is null
    for share`);
  return { token, id };
}

/** Its token opens nothing any more, and every instance ends its streams. */
export async function endSession(db: Db, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(sessions).where(eq(sessions.id, id));
    await notify(tx, [{ kind: "session-ended", sessionId: id }]);
  });
}

/** Signs a person out everywhere; every instance ends the streams. Returns how many sessions ended. */
export async function endSessionsOf(tx: Db, userId: string): Promise<number> {
  const ended = await tx
    .delete(sessions)
    .where(eq(sessions.userId, userId))
    .returning({ id: sessions.id });
  await notify(
    tx,
    ended.map(({ id }) => ({ kind: "session-ended", sessionId: id })),
  );
  return ended.length;
}

/** Who signed in, and what that is worth at this moment. */
export type Session = { viewer: Viewer; standing: Standing };

/**
 * Also of somebody who is suspended or banned: for the page that tells him, and for signing out.
 *
 * @returns null for an unknown, ended or expired session
 */
export async function findSession(db: Db, token: string | null): Promise<Session | null> {
  if (!token || !/^[\w-]{43}$/.test(token)) return null;
  const sessionId = idOf(token);
  const [row] = await selectSession(db, { sessionId });
  if (!row || row.is_fixed) return null;
  if (row.is_due) await prolong(db, sessionId);
  return sessionOf(sessionId, row);
}

/**
 * A session that no cookie opens: what carries its id has proved that it may, and it is not
 * prolonged by being used.
 *
 * @param userId whose it has to be
 * @returns null for an unknown, ended or expired session
 */
export async function findFixedSession(
  db: Db,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<Session | null> {
  const [row] = await selectSession(db, { sessionId });
  return row?.is_fixed && row.id === userId ? sessionOf(sessionId, row) : null;
}

const sessionOf = (sessionId: string, { id, name, role, standing }: Row): Session => ({
  viewer: { id, name, role, sessionId },
  standing,
});

/**
 * @returns null for an unknown, ended or expired session, and for that of somebody who is suspended
 *   or banned
 */
export async function findViewer(db: Db, token: string | null): Promise<Viewer | null> {
  return viewerOf(await findSession(db, token));
}

export function viewerOf(session: Session | null): Viewer | null {
  return session?.standing === "lockedOut" ? null : (session?.viewer ?? null);
}

type Row = Omit<Viewer, "sessionId"> & { is_due: boolean; is_fixed: boolean; standing: Standing };

/** Prepared, because every request asks. */
const selectSession = prepare<Row>(sql`
  select ${users.id}, ${users.name}, ${users.role},
    ${sessions.expiresAt} < now() + ${unprolonged} as is_due, ${sessions.isFixed} as is_fixed,
    ${standingOf(users.id)} as standing
  from ${sessions} join ${users} on ${users.id} = ${sessions.userId}
  where ${sessions.id} = ${sql.placeholder("sessionId")} and ${sessions.expiresAt} > now()`);

/**
 * Whether a viewer's session still stands, for what began a while ago. One without a session acts
 * for a host, not for somebody who could have signed out.
 */
export async function isSignedIn(db: Db, { id, sessionId }: Viewer): Promise<boolean> {
  if (!sessionId) return true;
  const [session] = await selectStanding(db, { id, sessionId });
  return session !== undefined;
}

const selectStanding = prepare<object>(sql`
  select 1 as stands from ${sessions}
  where ${sessions.id} = ${sql.placeholder("sessionId")}
    and ${sessions.userId} = ${sql.placeholder("id")} and ${sessions.expiresAt} > clock_timestamp()`);

/** @returns those of the ids whose session ended or expired, or is of somebody who is locked out */
export async function endedSessions(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select asked.id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as asked(id)
    where not exists (
      select from ${sessions} where ${sessions.id} = asked.id and ${sessions.expiresAt} > now()
        and not ${isLockedOut(sessions.userId)})`);
  return rows.map(({ id }) => id);
}

async function prolong(db: Db, id: string) {
  await db
    .update(sessions)
    .set({ expiresAt: sql`now() + ${lifetime}` })
    .where(and(eq(sessions.id, id), lt(sessions.expiresAt, sql`now() + ${unprolonged}`)));
}

/** Those that expired go, a few with each one that begins. */
export async function sweepSessions(db: Db) {
  const expired = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.expiresAt, sql`now()`))
    .limit(sweptAtOnce)
    .for("update", { skipLocked: true });
  await db.delete(sessions).where(inArray(sessions.id, expired));
}

/** With the secret, so that a row alone, read or written by whoever reached the table, opens nothing. */
function idOf(token: string) {
  return createHmac("sha256", environment().sessionSecret).update(token).digest("hex");
}
