/** A person looks for a few words; more would only cost time. */
const maxWords = 8;

/**
 * The full-text query for what a person typed: all words, the last one as a beginning, because he
 * may still be typing it.
 *
 * @returns null when there is no word in it
 */
export function searchQuery(typed: string): string | null {
  const words = typed
    .normalize("NFC")
    .match(/[\p{L}\p{N}\p{M}]+/gu)
    ?.slice(0, maxWords);
  if (!words) return null;
  return words.map((word, at) => `'${word}'${at === words.length - 1 ? ":*" : ""}`).join(" & ");
}
