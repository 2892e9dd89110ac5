/** What a picture shows is said in at most so many UTF-16 units. */
export const maxAltUnits = 1_000;

/** What a sender typed as the words for a picture; null when that is nothing. */
export function altText(typed: string | undefined): string | null {
  const text = typed?.replaceAll("\0", "").replace(/\s+/g, " ").normalize("NFC").trim();
  return text?.slice(0, maxAltUnits).toWellFormed() || null;
}
