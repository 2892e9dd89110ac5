import type { FileBytes } from "~/attachments/incoming-file";
import { receiveUpload, UploadFault, type UploadLimits } from "~/attachments/intake.server";
import { BodyTooLarge } from "~/http/body-limit.server";
import type { FormSource } from "~/http/form-fault.server";
import { checkForm } from "~/http/forms.server";
import { environment } from "~/operations/environment.server";
import type { Phrase } from "~/ui/i18n";
import { answerChatForm, type ChatAnswer, chatFormSchema } from "./chat-form.server";
import { pictureFields } from "./picture-fields";
import { type PictureContext, PicturePost, type TakenPicture } from "./picture-post.server";

type UploadTimes = Pick<UploadLimits, "stalledMs" | "uploadMs">;

/**
 * Does what a chat's form asks for that may bring pictures, and reads it no faster than they are
 * dealt with. Who posts is signed in, and whatever can be said without the pictures is said before
 * they are read: a repeat, for one, gets the message that it sent the first time.
 *
 * @param options.fields that stand in it before those that it brings
 * @returns null when there is no such chat or message for this viewer
 * @throws what the database throws; the form may have taken effect then, and can be repeated
 */
export async function answerUpload(
  context: PictureContext,
  source: FormSource,
  { fields: given = [], ...times }: UploadTimes & { fields?: [string, string][] } = {},
): Promise<ChatAnswer | null> {
  const { limitImageBytes: bytes, limitImagesPerMessage: pictures } = environment();
  let post: PicturePost | undefined;
  const begin = async (fields: [string, string][], hasPictures: boolean) => {
    const asked = pictureFields([...given, ...fields]);
    if (!hasPictures && asked.kept.length === 0) return null;
    post = new PicturePost(context, asked);
    return post.begin();
  };
  const take = async (file: FileBytes, name: string) => {
    if (!post) throw new Error("A picture came before its form");
    return { ...(await post.take(file)), name };
  };
  try {
    const limits = { bytes, pictures, ...times };
    const upload = await receiveUpload<TakenPicture>(source, context.viewer.id, limits, {
      begin,
      take,
    });
    if (post) return await post.finish(upload.pictures);
    const { db, viewer, chatId } = context;
    return await answerChatForm(
      db,
      viewer,
      chatId,
      checkForm([...given, ...upload.fields], chatFormSchema),
    );
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuseWhole(413, { id: "error.tooLarge" });
    if (!(error instanceof UploadFault)) throw error;
    const { status, phrase } = error;
    const taken = error.pictures as TakenPicture[];
    if (post) return post.fail(status, phrase, taken);
    return refuseWhole(status, phrase);
  }
}

function refuseWhole(status: number, phrase: Phrase): ChatAnswer {
  return { status, body: { refused: phrase, errors: [phrase] } };
}
