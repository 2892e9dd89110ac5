import type { Viewer } from "~/accounts/viewer";
import type { MessageDraft } from "~/chats/drafts";
import { may } from "~/chats/permissions";
import { type Sent, sendMessage } from "~/chats/send.server";
import type { Db } from "~/db/client.server";
import { tellOfQuestion } from "~/notifications/tell-of-case.server";
import { type AuditEntry, audit } from "../audit/audit.server";
import { lockWithOpenCase } from "./access.server";
import { enterThread, type Side } from "./private-thread.server";
import { seatModerator } from "./seats.server";

type CaseDraft = Pick<MessageDraft, "clientId" | "body"> & {
  /** The chat that the case is on. */
  chatId: string;
  to: "both" | Side;
};

/**
 * Writes to both sides of a case, or privately to one of them; who is not in that chat yet joins it
 * by this. The same client id is the same message.
 *
 * @returns the message and the chat that it stands in; null when no case opens such a chat to this
 *   viewer
 */
export async function writeInCase(
  db: Db,
  viewer: Viewer,
  { chatId, to, ...draft }: CaseDraft,
): Promise<(Sent & { chatId: string }) | null> {
  return db.transaction(async (tx) => {
    const open = await lockWithOpenCase(tx, viewer, chatId);
    if (!open || open.chat.privateThread) return null;
    const isWritable = open.chat.status === "open" || open.chat.status === "frozen";
    if (to === "both" && !isWritable) return { refused: "notOpen", chatId };
    const entries: AuditEntry[] = [];
    let into = open.chat;
    if (to !== "both") {
      const entered = await enterThread(tx, viewer, open, to);
      into = entered.thread;
      entries.push(...entered.entries);
    } else if (!may.read(viewer, open.chat)) {
      await seatModerator(tx, viewer, chatId);
      entries.push({ action: "chat.joined", chatId, disputeId: open.disputeId });
    }
    const sent = await sendMessage(tx, viewer, { ...draft, chatId: into.id });
    if (!sent) throw new Error("A moderator who was just seated is not in the chat");
    if ("message" in sent && !sent.repeated) {
      await tellOfQuestion(tx, chatId, into);
      const details = { seq: sent.message.seq, to };
      entries.push({ action: "chat.written", chatId: into.id, disputeId: open.disputeId, details });
    }
    if (entries.length) await audit(tx, viewer, ...entries);
    return { ...sent, chatId: into.id };
  });
}
