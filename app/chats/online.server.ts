import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Chat } from "./chat";
import { otherSide } from "./permissions";

const selectSharing = prepare<{ shares_presence: boolean; blocked: string[] | null }>(sql`
  select shares_presence, (
    select json_agg(case when b.blocker_id = u.id then b.blocked_id else b.blocker_id end)
    from blocks b where u.id in (b.blocker_id, b.blocked_id)) as blocked
  from users u where u.id = ${sql.placeholder("userId")}`);

/**
 * Who of the others in some chats is online, for a page: its stream says how it goes on. Nobody to a
 * viewer who does not share his own presence, and nobody whom he blocks or who blocks him.
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
  const blocked = new Set(own.blocked);
  const others = chats.flatMap((chat) => {
    // Moderators in a chat are shut out by nobody.
    const side = otherSide(viewer, chat);
    return chat.participants.filter(({ id }) => id !== side?.id || !blocked.has(id));
  });
  const ids = others.map(({ id }) => id);
  return [...new Set(ids)].filter((id) => id !== viewer.id && isOnline(id));
}
