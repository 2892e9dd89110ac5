import type { Storage } from "~/storage/storage";
import type { Locale } from "~/ui/i18n";
import { htmlFile } from "./html-file";
import { jsonFile } from "./json-file";
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
  return htmlFile(shown, json, thumbnails, key);
}
