import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { MessageId, Phrase } from "~/ui/i18n";
import { closeChat } from "./close.server";
import type { ChatForm } from "./drafts";
import type { Message } from "./message";
import { markRead, setArchived } from "./positions.server";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";
import { beatTyping } from "./typing.server";

/** What came of it: done, perhaps with the message; or refused, beside which field and why. */
export type Act = { done: true; message?: Message } | { field: string; refused: Phrase };

const refusals: Record<string, { field: string; id: MessageId }> = {
  notOpen: { field: "body", id: "chat.notOpen" },
  clientIdReused: { field: "clientId", id: "chat.clientId.reused" },
  replyUnknown: { field: "replyTo", id: "chat.replyTo.unknown" },
  pictureGone: { field: "images", id: "picture.gone" },
  signedOut: { field: "body", id: "chat.signedOut" },
  notAllowed: { field: "body", id: "chat.notAllowed" },
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
  form: ChatForm,
  windows: { editMs: number; unsendMs: number },
): Promise<Act | null> {
  const result = await run(db, viewer, chatId, form, windows);
  return result && asAct(result);
}

type Result = { message?: Message; refused?: string; [detail: string]: unknown };

/** What a function of the chat came to, in the words of its form. */
export function asAct({ message, refused }: Result): Act {
  if (!refused) return { done: true, message };
  const { field, id } = refusals[refused] ?? { field: "", id: "error.invalid" };
  return { field, refused: { id } };
}

function run(
  db: Db,
  viewer: Viewer,
  chatId: string,
  form: ChatForm,
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
    case "typing":
      return beatTyping(db, viewer, chatId);
    case "archive":
    case "unarchive":
      return setArchived(db, viewer, chatId, form.intent === "archive");
    case "close":
      return closeChat(db, viewer, chatId);
  }
}
