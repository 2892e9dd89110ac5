/** What is shown on either side of the words, in characters; and of the words themselves. */
const [around, mostWords] = [40, 120];

/** The words with a little of the text around them; white space is one space. */
export function excerpt(text: string, words: string) {
  const plain = (part: string) => part.replace(/\s+/g, " ");
  const at = text.indexOf(words);
  const [from, to] = at < 0 ? [0, 0] : [at, at + words.length];
  const before = [...text.slice(0, from)];
  const after = [...text.slice(to)];
  const shown = [...words];
  return {
    before: plain(`${before.length > around ? "…" : ""}${before.slice(-around).join("")}`),
    words: plain(`${shown.slice(0, mostWords).join("")}${shown.length > mostWords ? "…" : ""}`),
    after: plain(`${after.slice(0, around).join("")}${after.length > around ? "…" : ""}`),
  };
}
