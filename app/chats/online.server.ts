import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Chat } from "./chat";
import { readPrivacy } from "./privacy.server";

/**
 * Who of the others in some chats is online, for a page: its stream says how it goes on. Nobody to a
 * viewer who does not share his own presence.
 *
 * @param isOnline of those who share it
 */
export async function listOnline(
  db: Db,
  viewer: Viewer,
  chats: Chat[],
  isOnline: (userId: string) => boolean,
): Promise<string[]> {
  const others = chats.flatMap(({ participants }) => participants.map(({ id }) => id));
  const online = [...new Set(others)].filter((id) => id !== viewer.id && isOnline(id));
  if (!online.length) return [];
  return (await readPrivacy(db, viewer)).sharesPresence ? online : [];
}
