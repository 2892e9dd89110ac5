import type { ReactNode } from "react";

/** Characters before the first match that stay, so that a line that is cut at its end shows it. */
const before = 24;

/** A text from a little before where the searched words stand, with the words marked. */
export function MatchExcerpt({ text, q }: { text: string; q: string }) {
  const words = q.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const anyWord = new RegExp(`(${words.join("|")})`, "giu");
  const at = words.length ? text.search(anyWord) : 0;
  const start = at > before ? text.lastIndexOf(" ", at - before) + 1 : 0;
  const shown = start > 0 ? `…${text.slice(start)}` : text;
  if (at < 0 || !words.length) return text;
  return shown.split(anyWord).map((part, index): ReactNode => {
    if (index % 2 === 0) return part;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <mark key={index} className="bg-warning-soft text-ink">
        {part}
      </mark>
    );
  });
}
