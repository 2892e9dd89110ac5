import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { markNotificationsRead, type Which } from "./mark-read.server";

/** To open where notifications lead is to have read them. What is fetched ahead is not looked at. */
export async function noteOpened(
  db: Db,
  viewer: Pick<Viewer, "id">,
  request: Request,
  which: Which,
): Promise<void> {
  if (!request.headers.has("Sec-Purpose")) await markNotificationsRead(db, viewer, which);
}
