import { eq, sql } from "drizzle-orm";
import { type LockedPerson, lockPeople } from "~/accounts/lock-people.server";
import { endSessionsOf } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { leaveEveryChat } from "../access/joining.server";
import { audit } from "../audit/audit.server";
import { may } from "../permissions";

type Role = Viewer["role"];

/**
 * Gives somebody another role; what he may do follows with his next request, and who is no
 * moderator any more is out of every chat that he joined as one. The last admin stays one: who is suspended or banned does not count, and of two who step down at once the second is
 * told.
 *
 * @returns null for who is no admin (any more), and when there is no such person
 */
export async function changeRole(
  db: Db,
  viewer: Viewer,
  { userId, role }: { userId: string; role: Role },
): Promise<{ role: Role } | { refused: "lastAdmin" } | null> {
  return db.transaction(async (tx) => {
    // Chats are locked before people, as everywhere.
    if (role === "user") await lockChatsJoinedBy(tx, userId);
    const people = await lockPeople(tx, [viewer.id, userId], { and: "admins" });
    const [admin, person] = [people.get(viewer.id), people.get(userId)];
    if (!admin || !person || admin.isLockedOut || !may.changeRole(admin)) return null;
    if (person.role === role) return { role };
    if (person.role === "admin" && !isAnyAdmin([...people.values()], person)) {
      return { refused: "lastAdmin" };
    }
    await tx.update(users).set({ role }).where(eq(users.id, userId));
    await notify(tx, [{ kind: "person-changed", userId }]);
    const left = role === "user" ? await leaveEveryChat(tx, userId) : [];
    const details = { from: person.role, to: role };
    await audit(tx, admin, { action: "user.role_changed", personId: userId, details }, ...left);
    return { role };
  });
}

async function lockChatsJoinedBy(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`
    select from chats where id in (
      select chat_id from chat_participants
      where user_id = ${userId} and role = 'moderator' and left_at is null)
    order by id for no key update`);
}

/** Whether anybody else of those who are locked is an admin, and neither suspended nor banned. */
export function isAnyAdmin(people: LockedPerson[], besides: LockedPerson): boolean {
  return people.some(
    ({ id, role, isLockedOut }) => role === "admin" && !isLockedOut && id !== besides.id,
  );
}

/**
 * Signs somebody out everywhere, such as one whose account another got into.
 *
 * @returns how many sessions ended; null for who is no moderator, and when there is no such person
 */
export async function endSessions(
  db: Db,
  viewer: Viewer,
  userId: string,
): Promise<{ ended: number } | { refused: "notAllowed" } | null> {
  return db.transaction(async (tx) => {
    const people = await lockPeople(tx, [viewer.id, userId]);
    const [moderator, person] = [people.get(viewer.id), people.get(userId)];
    if (!moderator || !person || moderator.isLockedOut || moderator.role === "user") return null;
    if (!may.endSessions(moderator, person)) return { refused: "notAllowed" };
    const ended = await endSessionsOf(tx, userId);
    const details = { ended };
    await audit(tx, moderator, { action: "user.sessions_ended", personId: userId, details });
    return { ended };
  });
}
