import type { Viewer } from "~/accounts/viewer";
import type { Attachment, TriedPicture } from "~/attachments/attachment";
import type { FileBytes } from "~/attachments/incoming-file";
import { stagePicture } from "~/attachments/stage.server";
import { listStaged } from "~/attachments/staged.server";
import type { Db } from "~/db/client.server";
import { rateLimit } from "~/http/rate-limits.server";
import { environment } from "~/operations/environment.server";
import type { Storage } from "~/storage/storage";
import type { Phrase } from "~/ui/i18n";
import { type ChatAnswer, refuseForm } from "./chat-form.server";
import { idShape } from "./drafts";
import type { PictureFields } from "./picture-fields";
import { disputePurpose, messagePurpose, type PicturePurpose } from "./picture-purpose.server";

/** Where pictures go, and whose they are. */
export type PictureContext = { db: Db; storage: Storage; viewer: Viewer; chatId: string };

/** A file that was taken: it waits for what is to show it, or why it cannot be sent. */
export type TakenPicture = { kept: Attachment } | { refused: Phrase };

const hour = 3_600;

const tooMany = (): Phrase => ({
  id: "picture.tooMany",
  values: { max: environment().limitImagesPerMessage },
});

/** One try to send a message or to open a dispute with pictures, from its fields to its answer. */
export class PicturePost {
  readonly #purpose: PicturePurpose;
  #kept: TriedPicture[] = [];
  /** Known before any picture is read. */
  #answer: ChatAnswer | null | undefined;
  /** What holds for all pictures that are still to come. */
  #trouble: { status: 429 | 503; refused: Phrase; retryAfter?: number } | undefined;

  constructor(
    private readonly context: PictureContext,
    private readonly fields: PictureFields,
  ) {
    const intent = fields.text.find(([name]) => name === "intent")?.[1];
    const isForDispute = intent === "dispute" || intent === "appeal";
    this.#purpose = (isForDispute ? disputePurpose : messagePurpose)(context, fields.text);
  }

  /** @returns how many files there is room for; null when the answer is known without them */
  async begin(): Promise<number | null> {
    this.#kept = await this.#findKept();
    this.#answer = await this.#purpose.answerEarly(this.#kept);
    if (this.#answer !== undefined) return null;
    return Math.max(0, environment().limitImagesPerMessage - this.#kept.length);
  }

  async #findKept(): Promise<TriedPicture[]> {
    const { db, viewer, chatId } = this.context;
    const { kept, altOf } = this.fields;
    const most = environment().limitImagesPerMessage;
    const ids = kept.filter((id) => idShape.safeParse(id).success);
    const staged = await listStaged(db, viewer, chatId, ids);
    return kept.map((id, index) => {
      const found = staged.find((one) => one.id === id);
      if (!found) return { index, refused: { id: "picture.gone" } };
      if (index >= most) return { index, refused: tooMany() };
      return { index, kept: { ...found, alt: altOf(index, id) } };
    });
  }

  /** @param bytes of a file, whatever they are */
  async take(bytes: FileBytes): Promise<TakenPicture> {
    const { db, storage, viewer, chatId } = this.context;
    if (this.#trouble) return { refused: this.#trouble.refused };
    const points = environment().limitUploadsPerHour;
    const limited = await rateLimit(db, { name: "uploads", points, seconds: hour }).count(
      viewer.id,
    );
    if (limited) {
      const minutes = Math.ceil(limited.retryAfter / 60);
      const refused: Phrase = { id: "picture.tooManyUploads", values: { minutes } };
      this.#trouble = { status: 429, refused, ...limited };
      return { refused };
    }
    const staged = await stagePicture(db, storage, viewer, chatId, bytes);
    if ("notStored" in staged) this.#trouble = { status: 503, refused: staged.refused };
    return staged;
  }

  /**
   * Sends what it is about with all of its pictures, or says which of them are the reason why not; those
   * that were fine can come as `kept` the next time.
   *
   * @param files what became of each, in their order
   * @returns null when there is no such chat for this viewer
   */
  async finish(files: readonly (TakenPicture & { name?: string })[]): Promise<ChatAnswer | null> {
    if (this.#answer !== undefined) return this.#answer;
    const pictures = this.#tried(files);
    const bad = pictures.filter(({ refused }) => refused);
    if (bad.length) return this.#refuseFor(pictures, bad);
    return this.#purpose.act(pictures);
  }

  /** The form ended early: the next try need not repeat what came so far. */
  fail(status: number, refused: Phrase, files: readonly TakenPicture[]): ChatAnswer | null {
    if (this.#answer !== undefined) return this.#answer;
    const pictures = this.#tried([...files, { refused }]);
    const { body } = this.#refuseFor(pictures, pictures.slice(-1));
    return { status, body: { ...body, refused, errors: [refused] } };
  }

  #tried(files: readonly (TakenPicture & { name?: string })[]): TriedPicture[] {
    const before = this.#kept.length;
    const tried = files.map((file, at): TriedPicture => {
      const index = before + at;
      if ("refused" in file) return { index, ...file };
      return { index, name: file.name, kept: { ...file.kept, alt: this.fields.altOf(index) } };
    });
    return [...this.#kept, ...tried];
  }

  #refuseFor(pictures: TriedPicture[], bad: TriedPicture[]): ChatAnswer & { body: object } {
    const { form, blame } = this.#purpose;
    const refused: Phrase = { id: blame, values: { count: bad.length } };
    const answer = refuseForm(form.ok ? form.refuse({ images: refused }) : form, pictures);
    if (this.#trouble) {
      const { status, retryAfter } = this.#trouble;
      return { ...answer, status, retryAfter };
    }
    const isTooLarge = bad.every((one) => one.refused?.id === "picture.tooLarge");
    return isTooLarge ? { ...answer, status: 413 } : answer;
  }
}
