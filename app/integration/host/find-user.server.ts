import { and, eq, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import type { Host } from "./host";
import type { HostUser } from "./user";

/** Those who came from the host, and are nobody's staff here: the host knows of nobody else. */
const isHosts = and(isNotNull(users.externalId), eq(users.role, "user"), isNull(users.erasedAt));

/** @returns null when there is no such person, or he did not come from the host */
export function findUser(db: Db, _host: Host, id: string): Promise<HostUser | null> {
  return find(db, eq(users.id, id));
}

/** The same by what the host calls him. */
export function findUserByExternalId(
  db: Db,
  _host: Host,
  externalId: string,
): Promise<HostUser | null> {
  return find(db, eq(users.externalId, externalId));
}

async function find(db: Db, which: SQL): Promise<HostUser | null> {
  const [row] = await db.select().from(users).where(and(which, isHosts));
  return row ? toHostUser(row) : null;
}

/** @param row of somebody who came from the host */
export function toHostUser(row: typeof users.$inferSelect): HostUser {
  const { id, externalId, name, email, isVerified, dealsDone, hostSuspendedAt, createdAt } = row;
  return {
    ...{ id, externalId: externalId ?? "", name, email, isVerified, dealsDone },
    isSuspended: hostSuspendedAt !== null,
    createdAt: createdAt.toISOString(),
  };
}
