import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { lockPeople } from "~/accounts/lock-people.server";
import { sweepSessions } from "~/accounts/sessions.server";
import type { Db } from "~/db/client.server";
import { sessions, users } from "~/db/schema";
import { notify } from "~/live/notify.server";
import type { Host } from "../host/host";
import { signUserToken } from "./user-token.server";

/** Of one person at a time; the oldest ends when another one is made. */
const mostAtOnce = 20;

export const tokenSeconds = { standard: 15 * 60, least: 60, most: 60 * 60 };

/**
 * A short-lived token with which a person of the host calls the API. It stands for a session, so that
 * signing out everywhere, a suspension, a ban and erasure end it, and its streams, like any other.
 *
 * @param host vouches that it is he who asks
 * @param expiresInSeconds from 60 to 3,600
 * @returns null where the host has no such person: none of staff, and nobody with a password here
 */
export async function createUserToken(
  db: Db,
  _host: Host,
  { userId, expiresInSeconds = tokenSeconds.standard }: NewToken,
): Promise<{ token: string; expiresAt: Date } | { refused: "lockedOut" } | null> {
  const seconds = Math.min(Math.max(expiresInSeconds, tokenSeconds.least), tokenSeconds.most);
  return db.transaction(async (tx) => {
    // Whoever is being suspended or erased meanwhile is found so, or his session is.
    const person = (await lockPeople(tx, [userId])).get(userId);
    if (!person || !(await isOfHost(tx, userId))) return null;
    if (person.isLockedOut) return { refused: "lockedOut" as const };
    await sweepSessions(tx);
    await endOldest(tx, userId);
    // No keyed hash of a cookie's token looks like it.
    const sessionId = `token:${randomUUID()}`;
    const expiresAt = new Date(Math.floor(Date.now() / 1_000 + seconds) * 1_000);
    await tx.insert(sessions).values({ id: sessionId, userId, expiresAt, isFixed: true });
    return { token: await signUserToken({ sessionId, userId }, expiresAt), expiresAt };
  });
}

type NewToken = { userId: string; expiresInSeconds?: number };

async function isOfHost(tx: Db, userId: string): Promise<boolean> {
  const theirs = and(isNotNull(users.externalId), eq(users.role, "user"), isNull(users.erasedAt));
  const [person] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), theirs));
  return person !== undefined;
}

/** @param tx has locked the person */
async function endOldest(tx: Db, userId: string): Promise<void> {
  const oldest = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.isFixed, true)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .offset(mostAtOnce - 1);
  const ended = await tx
    .delete(sessions)
    .where(inArray(sessions.id, oldest))
    .returning({ id: sessions.id });
  await notify(
    tx,
    ended.map(({ id }) => ({ kind: "session-ended", sessionId: id })),
  );
}
