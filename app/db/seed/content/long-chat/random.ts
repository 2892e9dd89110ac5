export type Random = () => number;

/** mulberry32: the same seed gives the same numbers on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/**
 * Deals the items in random order, each once before any comes again, and never the same one twice
 * running: a plain random pick repeats itself so often that a reader notices.
 */
export function dealer<T>(random: Random, items: readonly T[]): () => T {
  let hand: T[] = [];
  let last: T | undefined;
  return () => {
    if (hand.length === 0) {
      hand = shuffled(random, items);
      if (hand.length > 1 && hand[hand.length - 1] === last) hand.reverse();
    }
    last = hand.pop();
    if (last === undefined) throw new Error("nothing to deal");
    return last;
  };
}
