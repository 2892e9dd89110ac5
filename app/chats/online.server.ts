import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Chat } from "./chat";

const selectSharing = prepare<{ shares_presence: boolean }>(
  sql`select shares_presence from users where id = ${sql.placeholder("userId")}`,
);

/**
 * Who of the others in some chats is online, for a page: its stream says how it goes on. Nobody to a
 * viewer who does not share his own presence.
 *
 * @param isOnline of those who share it
 */
export async function listOnline(
  db: Db,
  viewer: Viewer,
  reading: Promise<Chat[]>,
  isOnline: (userId: string) => boolean,
): Promise<string[]> {
  // Asked for at once, to go with what is read anyway.
  const [chats, [own]] = await Promise.all([reading, selectSharing(db, { userId: viewer.id })]);
  if (!own?.shares_presence) return [];
  const others = chats.flatMap(({ participants }) => participants.map(({ id }) => id));
  return [...new Set(others)].filter((id) => id !== viewer.id && isOnline(id));
}
