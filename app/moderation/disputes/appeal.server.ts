import type { Viewer } from "~/accounts/viewer";
import { lockStaged } from "~/attachments/staged.server";
import type { Chat } from "~/chats/chat";
import { lockChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { audit } from "../audit/audit.server";
import { mayInCase, sideOf } from "../permissions";
import { chainHead } from "../transcripts/chain-head.server";
import type { Claim, Opened } from "./open-dispute.server";
import { storeDispute } from "./store-dispute.server";
import { tellOfDispute } from "./tell.server";

type Appeal = Pick<Claim, "chatId" | "statement" | "pictures">;
export type Appealed =
  | Exclude<Opened, { refused: string }>
  | { refused: "tooLate" | "pictureGone" };

/**
 * Appeals the decision on a chat's dispute: another moderator decides then, for good. There is one
 * appeal, whoever of the two appeals; who asks twice finds the first.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function appealDispute(
  db: Db,
  viewer: Viewer,
  { chatId, statement, pictures = [] }: Appeal,
): Promise<Appealed | null> {
  return db.transaction(async (tx) => {
    const chat = await lockChat(tx, viewer, chatId);
    if (!chat) return null;
    const judged = judgeAppeal(viewer, chat, new Date());
    if (judged) return judged;
    const { dispute } = chat;
    const openedAs = sideOf(viewer, chat);
    if (!dispute || !openedAs) return { refused: "tooLate" };
    if (!(await lockStaged(tx, viewer, chatId, pictures))) return { refused: "pictureGone" };
    const { id: appealOf, reason } = dispute;
    const appeal = { chatId, appealOf, reason, statement, openedBy: viewer.id, openedAs };
    const disputeId = await storeDispute(tx, appeal, pictures);
    await tellOfDispute(tx, chat, { kind: "dispute_appealed", by: openedAs }, viewer.id);
    const head = await chainHead(tx, chatId);
    const details = { openedAs, appealOf, pictures: pictures.length, ...head };
    await audit(tx, viewer, { action: "dispute.appealed", chatId, disputeId, details });
    return { disputeId, isNew: true };
  });
}

/** What a side's wish to appeal comes to, if it is not to be stored. */
export function judgeAppeal(viewer: Viewer, chat: Chat, now: Date): Appealed | undefined {
  if (mayInCase.appeal(viewer, chat, now)) return undefined;
  const { dispute } = chat;
  const isMine = dispute?.appealOf && dispute.openedAs === sideOf(viewer, chat);
  return isMine ? { disputeId: dispute.id, isNew: false } : { refused: "tooLate" };
}
