import { PictureProcessDied } from "~/attachments/processing/child.server";
import { pictureAsJpeg } from "~/attachments/processing.server";
import type { Storage } from "~/storage/storage";
import type { Locale } from "~/ui/i18n";
import { htmlFile } from "./html-file";
import { jsonFile } from "./json-file";
import { pdfFile } from "./pdf/pdf-file.server";
import { showTranscript } from "./show.server";
import type { SigningKey } from "./signing-keys.server";
import { readThumbnails } from "./thumbnails.server";
import type { Transcript } from "./transcript";

export const transcriptFormats = ["html", "pdf", "json"] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

type Rendering = { storage: Storage; key: SigningKey; locale: Locale };

/** Makes a signed file of a transcript. All of them hold the same JSON. */
export async function renderTranscript(
  transcript: Transcript,
  format: TranscriptFormat,
  { storage, key, locale }: Rendering,
): Promise<Buffer> {
  const json = await jsonFile(transcript, key);
  if (format === "json") return json;
  const shown = await showTranscript(transcript, key, locale);
  const thumbnails = await readThumbnails(storage, shown);
  if (format === "html") return htmlFile(shown, json, thumbnails, key);
  const pictures = await asJpeg(thumbnails);
  return pdfFile({ shown, json, pictures, createdAt: new Date(transcript.exportedAt) }, key);
}

/** PDF knows no WebP. What cannot be made is left out, and the transcript says so. */
async function asJpeg(thumbnails: Map<string, Buffer>): Promise<Map<string, Buffer>> {
  const made = new Map<string, Buffer>();
  for (const [id, thumbnail] of thumbnails) {
    const jpeg = await pictureAsJpeg(thumbnail).catch((error) => {
      if (error instanceof PictureProcessDied) return null;
      throw error;
    });
    if (jpeg) made.set(id, jpeg);
  }
  return made;
}
