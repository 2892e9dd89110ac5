const repeat = (part: string, length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

/** Texts by name that somebody may send to make judging slow; most are seven times as long as a message may be. */
export const hostileTexts: Record<string, string> = {
  "30 kB of a": repeat("a", 30_000),
  "30 kB of digits": repeat("0123456789", 30_000),
  "30 kB of separated digits": repeat("0-1 2.3/", 30_000),
  "30 kB of at signs": repeat("a@", 30_000),
  "30 kB of dots": repeat("a.b.", 30_000),
  "30 kB of open addresses": repeat("http://a.", 30_000),
  "30 kB of spelled digits": repeat("eins zwei drei ", 30_000),
  "30 kB of letters apart": repeat("w h a t s ", 30_000),
  "30 kB of spaces": repeat(" ", 30_000),
  "30 kB of letters of an IBAN": repeat("DE89", 30_000),
  "30 kB of wallets": repeat("bc1qw508d6qe", 30_000),
  "30 kB of hidden letters": repeat("*a*b* ", 30_000),
  "30 kB of pictures in words": repeat("a🙂b🙂c ", 30_000),
  "30 kB of apps without a name": repeat("W-App ", 30_000),
  "30 kB of curses": repeat("fuckfück", 30_000),
  "bait for (a+)+$": `${repeat("a", 29_999)}!`,
  "4,000 zero-width joiners": repeat("\u200d", 4_000),
  "4,000 marks on one letter": `a${repeat("\u0301", 4_000)}`,
  "4,000 letters, each with a joiner": repeat("a\u200d", 8_000),
  "letters that grow when they are normalised": repeat("\ufdfa", 4_000),
  "half surrogates": repeat("\ud83d", 4_000),
};

/** A message of 4,000 characters from each block of Unicode: 256 characters each, without the surrogates. */
export const unicodeBlocks: string[] = Array.from({ length: 0x110000 / 256 }, (_, at) => at * 256)
  .filter((first) => first < 0xd800 || first > 0xdfff)
  .map((first) => {
    const characters = Array.from({ length: 256 }, (_, offset) => first + offset);
    return repeat(String.fromCodePoint(...characters), 4_000);
  });

/** ms of the processor for a hostile text, at most. */
export const mostHostileMs = 50;
