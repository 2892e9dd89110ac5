/** Texts of fewer letters say too little to be told apart: "yes, it is still available". */
const fewestLetters = 40;
/** From so many letters on a text is not typed for each of many who are asked the same thing. */
const longFrom = 160;
/** More than this of a text changes its print little. */
const mostRead = 1_500;

/** Words that ask the reader to go, write, call or pay somewhere; beginnings of words. */
const callsTo =
  /(?:^|[^\p{L}])(?:whats|telegram|signal|insta|paypal|e-?mail|mail|http|www|visit|click|contact|write me|call me|text me|website|homepage|shop|offer|invest|earn|kontakt|schreib|ruf|melde dich|klick|webseite|angebot|verdien|contacte|écri|ecri|appel|clique|offre|gagne|gana|contacta|escrib|escríb|llám|llam|visita|oferta|invier)|[@€$£%]|\d{5}/u;

const letters = /[\p{L}\p{N}]+/gu;
const digits = /\p{N}+/gu;

export type Print = {
  /** 64 bits, as a signed number as PostgreSQL has it. */
  print: bigint;
  /** It asks its reader to do something, or is long. */
  isCall: boolean;
};

/**
 * A SimHash of a text's words: texts that differ in a name, a price or a greeting have prints that
 * differ in few bits, about 6 to 12, others in 18 to 32 (Charikar 2002; Manku, Jain and Das Sarma
 * 2007). Pairs of words, as for long pages, would set messages of 15 words too far apart.
 *
 * @returns null for a text that is too short to be told from others'
 */
export function printOf(text: string): Print | null {
  if (text.length < fewestLetters) return null;
  const read = text
    .slice(0, mostRead)
    .normalize("NFKD")
    .replace(/\p{M}|\p{Cf}/gu, "")
    .toLowerCase();
  // One number is as good as another: prices and sizes differ from chat to chat.
  const words = read.replace(digits, "0").match(letters) ?? [];
  const length = words.reduce((sum, word) => sum + word.length, 0);
  if (length < fewestLetters) return null;
  const bits = new Int32Array(64);
  for (const word of words) add(bits, hashOf(word));
  return { print: toPrint(bits), isCall: length >= longFrom || callsTo.test(read) };
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** The finishing steps of MurmurHash3, so that each bit of what is hashed tells in each bit of it. */
function mixed(hash: number, seed: number): number {
  let mix = hash ^ seed;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}

function add(bits: Int32Array, hash: number): void {
  const [low, high] = [mixed(hash, 0), mixed(hash, 0x9e3779b9)];
  for (let at = 0; at < 32; at++) {
    bits[at] = (bits[at] ?? 0) + ((low >>> at) & 1 ? 1 : -1);
    bits[at + 32] = (bits[at + 32] ?? 0) + ((high >>> at) & 1 ? 1 : -1);
  }
}

function toPrint(bits: Int32Array): bigint {
  let print = 0n;
  for (let at = 63; at >= 0; at--) print = (print << 1n) | ((bits[at] ?? 0) > 0 ? 1n : 0n);
  return BigInt.asIntN(64, print);
}
