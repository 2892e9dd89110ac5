import type { Viewer } from "~/accounts/viewer";
import { lockChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { audit } from "../audit/audit.server";
import { mayInCase, sideOf } from "../permissions";
import { lockAnyCase } from "./lock-case.server";
import { resolveCase } from "./resolve.server";

/**
 * Takes back the dispute, or the appeal, that the viewer opened on a chat. Withdrawing what is
 * withdrawn changes nothing.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function withdrawDispute(db: Db, viewer: Viewer, chatId: string) {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat) return null;
    const { dispute } = chat;
    const isMine = dispute?.openedAs === sideOf(viewer, chat);
    if (isMine && dispute?.outcome === "withdrawn") return { withdrawn: true };
    const locked =
      mayInCase.withdraw(viewer, chat) && dispute && (await lockAnyCase(tx, dispute.id));
    if (!locked) return { refused: "nothingToWithdraw" as const };
    const withdrawn = { outcome: "withdrawn", decision: null, decidedBy: null } as const;
    const ended = await resolveCase(tx, locked, withdrawn, viewer.id);
    const ofCase = { chatId, disputeId: dispute.id };
    await audit(tx, viewer, { action: "dispute.withdrawn", ...ofCase }, ...ended);
    return { withdrawn: true };
  });
}
