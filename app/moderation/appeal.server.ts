import { and, eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { lockStaged } from "~/attachments/staged.server";
import { lockChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { audit } from "./audit.server";
import type { Claim, Opened } from "./open-dispute.server";
import { mayInCase } from "./permissions";
import { storeDispute } from "./store-dispute.server";
import { tellOfDispute } from "./tell.server";
import { chainHead } from "./transcripts/chain-head.server";

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
    const { dispute } = chat;
    if (dispute?.appealOf && (await isOpenedBy(tx, viewer, dispute.id))) {
      return { disputeId: dispute.id, isNew: false };
    }
    const openedAs = chat.participants.find(({ id }) => id === viewer.id)?.role;
    const mayAppeal = mayInCase.appeal(viewer, chat, new Date());
    if (!dispute || !openedAs || openedAs === "moderator" || !mayAppeal) {
      return { refused: "tooLate" };
    }
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

async function isOpenedBy(tx: Db, viewer: Viewer, disputeId: string): Promise<boolean> {
  const [found] = await tx
    .select({ is: sql`1` })
    .from(disputes)
    .where(and(eq(disputes.id, disputeId), eq(disputes.openedBy, viewer.id)));
  return found !== undefined;
}
