import type { Viewer } from "~/accounts/viewer";
import type { StagedPicture } from "~/attachments/staged.server";
import type { Db } from "~/db/client.server";
import { appealDispute } from "~/moderation/disputes/appeal.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { withdrawDispute } from "~/moderation/disputes/withdraw.server";
import { muteChat, unmuteChat } from "~/notifications/mute.server";
import { markViewed } from "~/notifications/viewed.server";
import { blockPerson, unblockPerson } from "~/safety/blocks/block-person.server";
import { fileReport, type ReportDraft } from "~/safety/reports/file-report.server";
import type { Told } from "~/safety/told";
import type { MessageId, Phrase } from "~/ui/i18n";
import { closeChat } from "./close.server";
import type { ChatForm } from "./drafts";
import type { Message } from "./message";
import { markRead, setArchived } from "./positions.server";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";
import { beatTyping } from "./typing.server";

/** What came of it: done, perhaps with the message; or refused, beside which field and why. */
export type Act =
  | { done: true; message?: Message /** It had been sent before. */; isRepeat?: boolean }
  /** `retryAfter` in whole seconds; `told` where it was refused for what it says. */
  | { field: string; refused: Phrase; retryAfter?: number; told?: Told };

/** Pictures come with some forms only. */
type ActForm = ChatForm & { pictures?: readonly StagedPicture[] };

const refusals: Record<string, { field: string; id: MessageId }> = {
  notOpen: { field: "body", id: "chat.notOpen" },
  clientIdReused: { field: "clientId", id: "chat.clientId.reused" },
  replyUnknown: { field: "replyTo", id: "chat.replyTo.unknown" },
  notDelivered: { field: "body", id: "chat.notDelivered" },
  pictureGone: { field: "images", id: "picture.gone" },
  signedOut: { field: "body", id: "chat.signedOut" },
  notBlockable: { field: "form", id: "chat.notBlockable" },
  notAllowed: { field: "body", id: "chat.notAllowed" },
  openedByOther: { field: "form", id: "dispute.openedByOther" },
  appealInstead: { field: "form", id: "dispute.appealInstead" },
  notDisputable: { field: "form", id: "dispute.notDisputable" },
  tooManyDisputes: { field: "form", id: "dispute.tooMany" },
  tooLate: { field: "form", id: "dispute.tooLate" },
  tooManyReports: { field: "form", id: "report.tooMany" },
  reportDecided: { field: "form", id: "report.decided" },
  reportOwn: { field: "form", id: "report.own" },
  reportSystem: { field: "form", id: "report.system" },
  reportModerator: { field: "form", id: "report.moderator" },
  reportNobody: { field: "form", id: "report.nobody" },
  disputeArchived: { field: "form", id: "dispute.archived" },
  reportArchived: { field: "form", id: "report.archived" },
  nothingToWithdraw: { field: "form", id: "dispute.nothingToWithdraw" },
};

/**
 * Does what a chat's form asks for.
 *
 * @param windows how long after sending a message can be edited and unsent, in ms
 * @returns null when there is no such chat or message for this viewer
 */
export async function act(
  db: Db,
  viewer: Viewer,
  chatId: string,
  form: ActForm,
  windows: { editMs: number; unsendMs: number },
): Promise<Act | null> {
  const result = await run(db, viewer, chatId, form, windows);
  return result && asAct(result);
}

type Result = {
  message?: Message;
  refused?: string;
  retryAfter?: number;
  told?: Told;
  repeated?: boolean;
  [detail: string]: unknown;
};

/** What a function of the chat came to, in the words of its form. */
export function asAct({ message, refused, retryAfter, told, repeated }: Result): Act {
  if (!refused) return { done: true, message, ...(repeated && { isRepeat: true }) };
  if (told) return { field: "body", refused: { id: `refusal.whole.${told.action}` }, told };
  const { field, id } = refusals[refused] ?? { field: "", id: "error.invalid" };
  if (!retryAfter) return { field, refused: { id } };
  const minutes = Math.ceil(retryAfter / 60);
  return { field, refused: { id, values: { minutes } }, retryAfter };
}

function run(
  db: Db,
  viewer: Viewer,
  chatId: string,
  form: ActForm,
  windows: { editMs: number; unsendMs: number },
) {
  switch (form.intent) {
    case "send":
      return sendMessage(db, viewer, { ...form, chatId });
    case "edit":
      return editMessage(db, viewer, { ...form, chatId, windowMs: windows.editMs });
    case "unsend":
      return unsendMessage(db, viewer, { ...form, chatId, windowMs: windows.unsendMs });
    case "read":
      return markRead(db, viewer, { ...form, chatId });
    case "viewed":
      return markViewed(db, viewer, { ...form, chatId });
    case "typing":
      return beatTyping(db, viewer, chatId);
    case "archive":
    case "unarchive":
      return setArchived(db, viewer, chatId, form.intent === "archive");
    case "mute":
      return muteChat(db, viewer, { chatId, time: form.for });
    case "unmute":
      return unmuteChat(db, viewer, chatId);
    case "close":
      return closeChat(db, viewer, chatId);
    case "block":
      return blockPerson(db, viewer, chatId);
    case "unblock":
      return unblockPerson(db, viewer, chatId);
    case "dispute":
      return openDispute(db, viewer, { ...form, chatId });
    case "appeal":
      return appealDispute(db, viewer, { ...form, chatId });
    case "withdraw":
      return withdrawDispute(db, viewer, chatId);
    case "report":
      return reportAndBlock(db, viewer, { ...form, chatId });
  }
}

/** What was reported counts, whatever becomes of the block: it can be sent again. */
async function reportAndBlock(
  db: Db,
  viewer: Viewer,
  { block, ...draft }: ReportDraft & { block?: boolean },
) {
  const filed = await fileReport(db, viewer, draft);
  if (block && filed && !("refused" in filed)) await blockPerson(db, viewer, draft.chatId);
  return filed;
}
