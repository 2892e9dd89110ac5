/** A person looks for a few words; more would only cost time. */
const maxWords = 8;
const maxUnits = 200;

const word = String.raw`[\p{L}\p{N}\p{M}]+`;
const terms = new RegExp(String.raw`${word}(?:[^\s\p{L}\p{N}\p{M}]+${word})*`, "gu");
const betweenWords = /[^\p{L}\p{N}\p{M}]+/u;

/** What a person typed as a text that can be looked for; empty when there is nothing to look for. */
export function searchText(typed: string): string {
  const short = typed.slice(0, maxUnits).toWellFormed();
  return short.replaceAll("\0", " ").normalize("NFC").trim();
}

/**
 * The full-text query for what a person typed: all words, the last one as a beginning, because he
 * may still be typing it.
 *
 * @returns null when there is no word in it
 */
export function searchQuery(typed: string): string | null {
  const found = searchText(typed).match(terms)?.slice(0, maxWords);
  if (!found) return null;
  return found
    .map((term, at) => {
      const end = at === found.length - 1 ? ":*" : "";
      const words = term.split(betweenWords).slice(0, maxWords);
      const each = words.map((one, of) => lexeme(one, of === words.length - 1 ? end : ""));
      // PostgreSQL keeps `3.50`, `and/or` and `example.com` as they are, and most others in parts.
      return words.length === 1 ? each[0] : `((${each.join(" & ")}) | ${quoted(term)}${end})`;
    })
    .join(" & ");
}

/** The second number of `40-50` stands in the index with its sign. */
function lexeme(one: string, end: string): string {
  return /^\d+$/.test(one) ? `('${one}'${end} | '-${one}'${end})` : `'${one}'${end}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
