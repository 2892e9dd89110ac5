import { Fragment } from "react";

/** What a person wrote, with the words that filters found in it. */
export function MarkedText({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <p dir="auto" className="message-text">
      {markedParts(text, words).map(({ at, part, isMarked }) =>
        isMarked ? (
          <mark key={at} className="rounded-sm bg-warning-soft px-0.5 text-warning underline">
            {part}
          </mark>
        ) : (
          <Fragment key={at}>{part}</Fragment>
        ),
      )}
    </p>
  );
}

type Part = { at: number; part: string; isMarked: boolean };

/** A text in parts that are marked or not; words that lie over each other are one mark. */
export function markedParts(text: string, words: readonly string[]): Part[] {
  const isMarked = new Uint8Array(text.length);
  for (const word of new Set(words)) {
    for (
      let at = word ? text.indexOf(word) : -1;
      at >= 0;
      at = text.indexOf(word, at + word.length)
    )
      isMarked.fill(1, at, at + word.length);
  }
  const parts: Part[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && isMarked[at] === isMarked[start]) continue;
    parts.push({ at: start, part: text.slice(start, at), isMarked: isMarked[start] === 1 });
    start = at;
  }
  return parts;
}
