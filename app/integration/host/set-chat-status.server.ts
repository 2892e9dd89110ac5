import { z } from "zod";
import { lockAnyChat } from "~/chats/clock.server";
import { closeLocked } from "~/chats/close.server";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { audit } from "~/moderation/audit/audit.server";
import type { Host } from "./host";

/** What the host can make of a chat. */
export const hostChatStatus = z.object({
  status: z.enum(["open", "closed"]).meta({
    description: "`closed`: it can be read, nobody can write. A closed chat stays closed.",
    example: "closed",
  }),
});

export type HostStatusSet =
  | { done: true }
  /** Nobody opens a closed chat again, on pages neither: what was agreed in it stays as it ended. */
  | { refused: "noReopening" }
  /** A frozen chat is for moderators alone to thaw, and an archived one is closed for good. */
  | { refused: "notOpen" };

/**
 * Closes a chat for both sides, as each of them can himself. What it is already changes nothing.
 *
 * @returns null when there is no such chat, and for a private thread of moderators with one side
 */
export async function setChatStatus(
  db: Db,
  host: Host,
  chatId: string,
  { status }: z.output<typeof hostChatStatus>,
  provided?: Provided,
): Promise<HostStatusSet | null> {
  return db.transaction(async (tx) => {
    const chat = await lockAnyChat(tx, chatId);
    if (!chat || chat.privateThread) return null;
    await provided?.(tx);
    if (chat.status === status) return { done: true };
    if (status === "open" && chat.status === "closed") return { refused: "noReopening" };
    if (chat.status !== "open") return { refused: "notOpen" };
    await closeLocked(tx, chat, { by: "host" });
    await audit(tx, host, { action: "chat.closed", chatId });
    return { done: true };
  });
}
