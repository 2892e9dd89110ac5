import type { Db } from "~/db/client.server";
import { raiseNotifications } from "./raise.server";

/** Tells a person of a sanction, of its end before its time, or of what came of his appeal. */
export async function tellOfSanction(
  tx: Db,
  { id: subjectId, userId }: { id: string; userId: string },
  what: "imposed" | "lifted" | "appealDecided",
): Promise<void> {
  await raiseNotifications(tx, [{ userId, kind: "sanction", subjectId, data: { what } }]);
}
