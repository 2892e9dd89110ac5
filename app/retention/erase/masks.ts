import { erasedName } from "./erased";

/** Takes what names somebody out of a text. @returns the same where nothing does */
export type Mask = (text: string) => string;

/**
 * Whose words a text is: of who is erased; of moderators, into whose texts templates put names; or of
 * others, whose words are theirs, so that of a name only what can be nothing else is taken.
 */
export type Whose = "own" | "staff" | "others";

export type Masks = { [whose in Whose]: Mask };

/** A name of letters alone is a word like others in many languages: Rose, Will, Not. */
const plainWord = /^\p{Ll}+$|^\p{L}{1,2}$/u;
const distinctive = /[\s\p{N}_-]|^[\p{Lo}]{3,}$/u;

/** In these scripts nothing stands between two words. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}`;
const ofWord = String.raw`[\p{L}\p{M}\p{N}]`;

/**
 * What takes the name and the e-mail address of somebody out of texts. An address goes however it is
 * written; a name of several words in one's own words, too. All else goes only as it is written in
 * the name: who calls himself Not must not be able to turn round what others said.
 *
 * @param instead what stands there then
 */
export function masksOf(
  { name, email }: { name: string; email: string | null },
  instead = erasedName,
): Masks {
  const address = `(?<![\\p{L}\\p{N}._%+-])${escaped(email ?? "")}(?![\\p{L}\\p{N}]|[.-][\\p{L}\\p{N}])`;
  const isName = !instead.toLowerCase().includes(name.toLowerCase()) && !plainWord.test(name);
  const isDistinctive = distinctive.test(name);
  const one = (...patterns: (RegExp | false)[]) => {
    const wanted = patterns.filter((pattern) => pattern !== false);
    return (text: string) =>
      wanted.reduce((left, pattern) => left.replace(pattern, () => instead), text);
  };
  // An empty one would stand between any two letters.
  const mail = Boolean(email) && new RegExp(address, "giu");
  const exactly = isName && new RegExp(wordsOf(name), "gu");
  const anyhow = isName && new RegExp(wordsOf(name), isDistinctive ? "giu" : "gu");
  return {
    own: one(mail, anyhow),
    staff: one(mail, exactly),
    others: one(mail, isDistinctive && exactly),
  };
}

function wordsOf(name: string): string {
  const before = new RegExp(`^[${unspaced}]`, "u").test(name) ? "" : `(?<!${ofWord})`;
  const after = new RegExp(`[${unspaced}]$`, "u").test(name) ? "" : `(?!${ofWord})`;
  return before + name.split(/\s+/).map(escaped).join(String.raw`\s+`) + after;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, (one) => `\\${one}`);
