import { db } from "~/db/db.server";
import { rateLimit } from "~/http/rate-limits.server";
import { takeTurns } from "~/http/turns.server";
import { environment } from "~/operations/environment.server";
import { storage } from "~/storage/storage.server";
import { i18nOf, pickLocale } from "~/ui/catalogs.server";
import type { TranscriptFile } from "./export.server";
import { type TranscriptFormat, transcriptFormats } from "./render.server";

const types = {
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
  json: "application/json; charset=utf-8",
} satisfies Record<TranscriptFormat, string>;

/** @returns null for another format than these */
export function transcriptFormatIn(search: URLSearchParams): TranscriptFormat | null {
  return transcriptFormats.find((one) => one === search.get("format")) ?? null;
}

/** What an export takes from the server around it. */
export function transcriptMeans(request: Request) {
  const { sessionSecret, publicUrl } = environment();
  return {
    storage,
    secret: sessionSecret,
    operator: publicUrl?.origin ?? null,
    locale: pickLocale(request),
    now: new Date(),
  };
}

let limit: ReturnType<typeof rateLimit> | undefined;
/** Each takes a second of processor time and more memory than any page. */
const inTurn = takeTurns(1);

/**
 * Makes a file and answers with it, or says that it was too often.
 *
 * @returns null when there is nothing to make for this viewer
 */
export async function answerTranscript(
  request: Request,
  viewer: { id: string },
  format: TranscriptFormat,
  make: () => Promise<TranscriptFile | null>,
): Promise<Response | null> {
  const points = environment().limitTranscriptsPerHour;
  limit ??= rateLimit(db, { name: "transcript", points, seconds: 3600 });
  const limited = await limit.count(viewer.id);
  if (limited) {
    const minutes = Math.ceil(limited.retryAfter / 60);
    const words = i18nOf(pickLocale(request)).t("transcript.tooOften", { minutes });
    const headers = { "Retry-After": `${limited.retryAfter}` };
    return new Response(words, { status: 429, headers });
  }
  const file = await inTurn("transcript", make);
  if (!file) return null;
  const { bytes, name } = file;
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": types[format],
      "Content-Length": `${bytes.length}`,
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}
