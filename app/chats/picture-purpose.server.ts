import type { TriedPicture } from "~/attachments/attachment";
import type { StagedPicture } from "~/attachments/staged.server";
import { checkForm, type FormReading } from "~/http/forms.server";
import { judgeAppeal } from "~/moderation/disputes/appeal.server";
import { disputeForm } from "~/moderation/disputes/dispute-form";
import { judgeOpening } from "~/moderation/disputes/open-dispute.server";
import { environment } from "~/operations/environment.server";
import type { MessageId } from "~/ui/i18n";
import { act, asAct } from "./act.server";
import {
  answerAct,
  type ChatAnswer,
  changeWindows,
  refuseForm,
  refuseSend,
} from "./chat-form.server";
import { findChat, findChatAsIs } from "./clock.server";
import { pictureDraft } from "./drafts";
import { may } from "./permissions";
import type { PictureContext } from "./picture-post.server";
import { sendMessage } from "./send.server";
import { answerUnstored } from "./send-alone.server";

/** What pictures are posted for. */
export type PicturePurpose = {
  form: FormReading<unknown>;
  /** Says that nothing was done because of some of the pictures. */
  blame: MessageId;
  /**
   * What can be said before any picture is read.
   *
   * @returns undefined when the pictures are wanted; null when there is no such chat
   */
  answerEarly(kept: readonly TriedPicture[]): Promise<ChatAnswer | null | undefined>;
  /** Does it, with all of the pictures. */
  act(pictures: readonly TriedPicture[]): Promise<ChatAnswer | null>;
};

type Fields = readonly [name: string, value: string][];
type Context = Pick<PictureContext, "db" | "viewer" | "chatId">;

const messageSchema = pictureDraft(environment().limitMessageCharacters);

/** A message that shows them. */
export function messagePurpose({ db, viewer, chatId }: Context, fields: Fields): PicturePurpose {
  const form = checkForm(fields, messageSchema);
  return {
    form,
    blame: "picture.someRefused",
    async answerEarly(kept) {
      if (form.ok) {
        const { body = "", ...draft } = form.value;
        const refused = await refuseSend(viewer, form);
        if (refused) return refused;
        const known = await answerUnstored(db, viewer, { ...draft, body, chatId }, "image");
        return known?.sent && { ...answerAct(form, asAct(known.sent), kept), intent: "send" };
      }
      // Also of a message that is too long the pictures are kept.
      const chat = await findChatAsIs(db, viewer, chatId);
      if (!chat) return null;
      return may.post(viewer, chat) ? undefined : refuseForm(form, kept);
    },
    async act(pictures) {
      if (!form.ok) return refuseForm(form, pictures);
      const { body = "", ...draft } = form.value;
      const asked = { ...draft, body, chatId, pictures: stagedOf(pictures) };
      const sent = await sendMessage(db, viewer, asked);
      return sent && { ...answerAct(form, asAct(sent), pictures), intent: "send" };
    },
  };
}

/** The evidence of a dispute, or of its appeal. */
export function disputePurpose({ db, viewer, chatId }: Context, fields: Fields): PicturePurpose {
  const form = checkForm(fields, disputeForm);
  return {
    form,
    blame: "dispute.picturesRefused",
    async answerEarly(kept) {
      const chat = await findChat(db, viewer, chatId);
      if (!chat) return null;
      const intent =
        fields.find(([name]) => name === "intent")?.[1] === "appeal" ? "appeal" : "dispute";
      const judged = judgeOf[intent](viewer, chat, new Date());
      if (!judged) return undefined;
      return form.ok ? { ...answerAct(form, asAct(judged), kept), intent } : refuseForm(form, kept);
    },
    async act(pictures) {
      if (!form.ok) return refuseForm(form, pictures);
      const asked = { ...form.value, pictures: stagedOf(pictures) };
      const done = await act(db, viewer, chatId, asked, changeWindows());
      return done && { ...answerAct(form, done, pictures), intent: form.value.intent };
    },
  };
}

const judgeOf = { dispute: judgeOpening, appeal: judgeAppeal };

function stagedOf(pictures: readonly TriedPicture[]): StagedPicture[] {
  return pictures.flatMap(({ kept }) => (kept ? [{ id: kept.id, alt: kept.alt }] : []));
}
