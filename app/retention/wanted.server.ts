import type { Db } from "~/db/client.server";
import type { DueKind } from "./due";
import { dueFor } from "./due.server";
import { holdsOfLockedChat } from "./holds.server";

/**
 * Asks a step's question under the lock of its chat: is it due for that, and does nothing hold it?
 * What was found when the run was planned may be otherwise by then.
 *
 * @returns null where it is to go on
 */
export const wanted =
  (kind: DueKind, now: Date) =>
  async (tx: Db, chatId: string): Promise<"held" | "notDue" | null> => {
    if ((await dueFor(tx, chatId, now)) !== kind) return "notDue";
    return (await holdsOfLockedChat(tx, chatId, now)).length ? "held" : null;
  };
