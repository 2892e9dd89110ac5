import { eq, sql } from "drizzle-orm";
import { type LockedPerson, lockPeople } from "~/accounts/lock-people.server";
import { hasRole } from "~/accounts/roles";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { erasures, users } from "~/db/schema";
import { type Host, isHost } from "~/integration/host/host";
import { addJob } from "~/jobs/add-job.server";
import { notify } from "~/live/notify.server";
import { leaveEveryChat } from "~/moderation/access/joining.server";
import { audit } from "~/moderation/audit/audit.server";
import { isAnyAdmin } from "~/moderation/people/roles.server";
import { holdsOfPerson } from "../holds.server";
import { readRetention } from "../settings.server";
import { closeOpenChats, lockOpenChats } from "./close-chats.server";
import { erasedEmail, erasedName } from "./erased";
import { forgetAccount } from "./forget-account.server";
import { masksOf } from "./masks";

/** Somebody, for himself or as an admin; or the marketplace, whose person it is. */
export type EraseBy = Viewer | Host;

/** `isHeld`: what was said waits for a hold to end. */
type Asked = { asked: true; isHeld: boolean } | { refused: "lastAdmin" };

/**
 * Takes somebody's account away: at once nobody can sign in to it, write to it or see whose it was; a
 * job takes the rest, as soon as nothing holds it. Asking again changes nothing.
 *
 * @param reason of an admin, for the audit log
 * @returns null when there is no such person, or it is neither himself nor an admin (any more) who asks,
 *   nor the host for one of its own
 */
export async function eraseAccount(
  db: Db,
  by: EraseBy,
  { userId, reason }: { userId: string; reason?: string },
  provided?: Provided,
): Promise<Asked | null> {
  return db.transaction(async (tx) => {
    if (!isHost(by) && !(await isSignedIn(tx, by))) return null;
    // Chats are locked before people, as everywhere.
    const open = await lockOpenChats(tx, userId);
    const asker = isHost(by) ? [] : [by.id];
    const people = await lockPeople(tx, [...asker, userId], { and: "admins" });
    const person = people.get(userId);
    const as = person && requesterOf(people, by, userId);
    if (!person || !as) return null;
    const holds = await holdsOfPerson(tx, userId, new Date());
    const [was] = await tx.select().from(users).where(eq(users.id, userId));
    if (!was || (isHost(by) && !(await isOfHost(tx, was)))) return null;
    await provided?.(tx);
    if (was.erasedAt) return { asked: true, isHeld: holds.length > 0 };
    if (person.role === "admin" && !isAnyAdmin([...people.values()], person)) {
      return { refused: "lastAdmin" };
    }
    // What hosts know of no address has none that could stand anywhere.
    const email = was.email ?? erasedEmail(userId);
    const { erasedMessages: messages, erasureDays } = await readRetention(tx);
    await tx.insert(erasures).values({
      ...{ userId, messages, requestedAs: as, name: was.name, email },
      requestedBy: isHost(by) ? null : by.id,
      requestedAt: sql`clock_timestamp()`,
      dueAt: sql`clock_timestamp() + ${erasureDays} * interval '1 day'`,
    });
    await tx
      .update(users)
      .set({
        ...{ name: erasedName, email: erasedEmail(userId), passwordHash: null, role: "user" },
        ...{ externalId: null, isVerified: null, dealsDone: null, hostSaidAt: null },
        ...{ hostSuspendedAt: null, watchedUntil: null, erasedAt: sql`clock_timestamp()` },
      })
      .where(eq(users.id, userId));
    await closeOpenChats(tx, open, as === "self" ? userId : null);
    const left = await leaveEveryChat(tx, userId);
    await forgetAccount(tx, userId);
    await notify(tx, [{ kind: "person-changed", userId }]);
    await addJob(tx, "erase", { userId }, { key: eraseKey(userId) });
    const said = reason && masksOf({ name: was.name, email }).own(reason);
    const details = {
      messages,
      days: erasureDays,
      holds: holds.length,
      ...(said && { reason: said }),
    };
    const actor = isHost(by) ? by : { id: by.id, role: people.get(by.id)?.role ?? by.role };
    await audit(tx, actor, ...left, { action: "account.erasure_asked", personId: userId, details });
    return { asked: true, isHeld: holds.length > 0 };
  });
}

/** Not staff, and nobody who joined here; of who is erased it is known by who asked for it. */
async function isOfHost(tx: Db, person: typeof users.$inferSelect): Promise<boolean> {
  if (!person.erasedAt) return person.externalId !== null && person.role === "user";
  const [asked] = await tx
    .select({ as: erasures.requestedAs })
    .from(erasures)
    .where(eq(erasures.userId, person.id));
  return asked?.as === "host";
}

/** Of those that wait for the same there is one. */
export const eraseKey = (userId: string) => `erase ${userId}`;

function requesterOf(people: Map<string, LockedPerson>, by: EraseBy, userId: string) {
  if (isHost(by)) return "host";
  if (by.id === userId) return "self";
  const admin = people.get(by.id);
  return admin && !admin.isLockedOut && hasRole(admin, "admin") ? "admin" : null;
}
