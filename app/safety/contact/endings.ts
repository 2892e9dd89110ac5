import type { Atoms } from "./atom-columns";

const ascii = 128;

/**
 * Asked of every long label: most end in none of some words, by their last two letters.
 *
 * @param words of two letters at least
 */
export function mayEndIn(words: readonly string[]): (atoms: Atoms, at: number) => boolean {
  const endings = new Uint8Array(ascii * ascii);
  for (const word of words) endings[word.charCodeAt(word.length - 2) * ascii + codeOf(word)] = 1;
  return (atoms, at) => {
    const length = atoms.length(at);
    const [first, second] = [atoms.code(at, length - 2), atoms.code(at, length - 1)];
    return first < ascii && second < ascii && endings[first * ascii + second] === 1;
  };
}

const codeOf = (word: string) => word.charCodeAt(word.length - 1);
