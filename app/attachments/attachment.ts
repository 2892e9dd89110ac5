import { attachmentPath, thumbnailPath } from "~/http/paths";
import type { Phrase } from "~/ui/i18n";

/** A picture of a message as pages, streams and the API show it. */
export type Attachment = {
  id: string;
  /** Where it is, for those who may see the chat: a path on this origin. */
  url: string;
  thumbnailUrl: string;
  /** Of what `url` gives, in pixels. */
  width: number;
  height: number;
  /** Of what `url` gives as WebP. */
  bytes: number;
  /** What stands in its place while it loads: a ThumbHash, in base64. */
  placeholder: string;
  isAnimated: boolean;
  /** What it shows, in the sender's words; null where he gave none. */
  alt: string | null;
};

/**
 * A picture of a message that was refused: `kept` for the next try, or what is wrong with it.
 * `index` is its place in the form, `name` the name of its file.
 */
export type TriedPicture = { index: number; name?: string; refused?: Phrase; kept?: Attachment };

/** As the database has it (`attachmentColumns`): addresses follow from the ids. */
export type AttachmentRow = Omit<Attachment, "url" | "thumbnailUrl">;

export function toAttachment(chatId: string, row: AttachmentRow): Attachment {
  const { id } = row;
  return { ...row, url: attachmentPath(chatId, id), thumbnailUrl: thumbnailPath(chatId, id) };
}

/**
 * Where its two objects lie in the storage, which no one but us makes: from the id alone, so that an
 * object whose row is gone can be told from one that is still wanted.
 */
export function objectKeys(attachmentId: string) {
  const folder = `attachments/${attachmentId}`;
  return { full: `${folder}/full.webp`, thumbnail: `${folder}/thumbnail.webp` };
}
