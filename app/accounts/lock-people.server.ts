import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { users } from "~/db/schema";
import { isLockedOut } from "./standing.server";
import type { Viewer } from "./viewer";

/** A person as the lock found him. */
export type LockedPerson = Pick<Viewer, "id" | "role"> & { isLockedOut: boolean };

/**
 * Locks people for a change of what they may do, in the order of their ids, so that two changes
 * that concern the same people come one after the other. Nobody of them can sign in meanwhile: a
 * session that is being made is there before, and found, or after, and knows of the change. Rows that
 * only refer to one of them do not wait, and so cannot wait in a circle.
 *
 * @param and more of them: all admins
 */
export async function lockPeople(
  tx: Db,
  ids: string[],
  { and }: { and?: "admins" } = {},
): Promise<Map<string, LockedPerson>> {
  const wanted = sql`${users.id} = ${anyOf(ids)}`;
  const all = and ? sql`(${wanted} or ${users.role} = 'admin')` : wanted;
  await tx.execute(
    sql`select ${users.id} from ${users} where ${all} order by ${users.id} for no key update`,
  );
  // A second statement, because one that waited for a lock would show sanctions as they were before.
  const people = await tx.execute<LockedPerson>(sql`
    select ${users.id}, ${users.role}, ${isLockedOut(users.id)} as "isLockedOut"
    from ${users} where ${all}`);
  return new Map(people.map((person) => [person.id, person]));
}
