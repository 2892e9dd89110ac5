import type { IncomingMessage } from "node:http";
import type { Phrase } from "~/ui/i18n";

/** What is wrong with a form as a whole, before anyone looks at its fields. */
export class FormFault extends Error {
  override name = "FormFault";
  constructor(
    readonly status: 400 | 408 | 413 | 415 | 503,
    readonly phrase: Phrase,
  ) {
    super(phrase.id);
  }
}

/** The request that a form came with: as Remix hands it over, or as Node does. */
export type FormSource = Request | IncomingMessage;

export function contentType(source: FormSource): string {
  if (source instanceof Request) return source.headers.get("Content-Type") ?? "";
  return source.headers["content-type"] ?? "";
}

/** Whether a form comes in parts: the only way for it to bring pictures. */
export function isMultipart(source: FormSource): boolean {
  return /^multipart\/form-data\s*;/i.test(contentType(source));
}
