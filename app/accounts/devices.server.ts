import { createHmac } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { devices } from "~/db/schema";
import { raiseNotifications } from "~/notifications/raise.server";
import { environment } from "~/operations/environment.server";
import type { Browser } from "./browser.server";
import type { Viewer } from "./viewer";

/** Any number that nothing else in this database uses for an advisory lock of two numbers. */
const DEVICES_LOCK = 20_260_719;
/** Of one person; who never keeps cookies would gather them without end. */
const mostKept = 50;

/**
 * Notes with which browser somebody signs in. He is told where it is a new one, unless it is his
 * first: whoever signs in with another's password is seen by the one whose it is.
 *
 * @param tx signs him in
 * @param token what the browser is known by
 * @param isTold not where there is no password that another could have
 */
export async function noteDevice(
  tx: Db,
  userId: string,
  { token, browser, system }: Browser & { token: string },
  { isTold = true } = {},
): Promise<void> {
  // Of two first ones at once the second is told of.
  await tx.execute(sql`select pg_advisory_xact_lock(${DEVICES_LOCK}, hashtext(${userId}))`);
  const [known] = await tx.execute<{ count: number }>(
    sql`select count(*)::int from devices where user_id = ${userId}`,
  );
  const [device] = await tx
    .insert(devices)
    .values({ userId, tokenHash: hashOf(token), browser, system })
    .onConflictDoUpdate({
      target: [devices.userId, devices.tokenHash],
      set: { browser, system, lastSeenAt: sql`now()` },
    })
    .returning({ id: devices.id, isNew: sql<boolean>`xmax = 0` });
  if (!device?.isNew || !known?.count) return;
  if (known.count >= mostKept) await forgetOldest(tx, userId);
  if (!isTold) return;
  const data = { what: "newDevice" as const, browser, system };
  await raiseNotifications(tx, [{ userId, kind: "sign_in", subjectId: device.id, data }]);
}

async function forgetOldest(tx: Db, userId: string) {
  await tx.execute(sql`
    delete from devices where user_id = ${userId} and id not in (
      select id from devices where user_id = ${userId}
      order by last_seen_at desc, id desc limit ${mostKept})`);
}

/** A browser that somebody signed in with; times are ISO 8601, UTC. */
export type SignInDevice = Browser & {
  id: string;
  /** It is the one that asks. */
  isThis: boolean;
  since: string;
  lastAt: string;
};

/** Older ones are kept to be known again, and say nothing to anybody. */
const mostShown = 10;

/**
 * The browsers that the viewer signed in with last, for him to see whether all are his own.
 *
 * @param token what the one that asks is known by
 */
export async function listSignIns(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
  token: string,
): Promise<SignInDevice[]> {
  const rows = await db
    .select()
    .from(devices)
    .where(eq(devices.userId, userId))
    .orderBy(desc(devices.lastSeenAt), desc(devices.id))
    .limit(mostShown);
  const own = hashOf(token);
  return rows.map(({ id, browser, system, tokenHash, firstSeenAt, lastSeenAt }) => ({
    id,
    browser,
    system,
    isThis: tokenHash === own,
    since: firstSeenAt.toISOString(),
    lastAt: lastSeenAt.toISOString(),
  }));
}

/** With the secret, so that the table alone does not say which browser it was. */
function hashOf(token: string) {
  return createHmac("sha256", environment().sessionSecret).update(`device ${token}`).digest("hex");
}
