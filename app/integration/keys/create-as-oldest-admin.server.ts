import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { createKey, type NewKey } from "./keys.server";

/**
 * Makes a key for whoever reaches the database anyway, and so needs no account: in the name of the admin
 * who has been here the longest.
 *
 * @returns null where there is no admin
 */
export async function createKeyAsOldestAdmin(db: Db, key: NewKey) {
  const [admin] = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.erasedAt)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1);
  return admin ? createKey(db, { ...admin, sessionId: "" }, key) : null;
}
