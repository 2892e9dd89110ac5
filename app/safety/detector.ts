import type { FilterKind, Strength } from "./filters";
import type { Prepared } from "./prepare";

/** A place of the folded text, its end excluded. */
export type Finding = {
  from: number;
  to: number;
  /** Written so as not to be found; characters that only look like others are seen without it. */
  isDisguised?: boolean;
  /** Honest people say it too: its sender is warned at worst, whatever its kind leads to. */
  isDoubtful?: boolean;
};

/** What of the settings detectors need. */
export type Surroundings = {
  strength: Strength;
  /** Lower case, each with its subdomains. */
  allowedDomains: readonly string[];
  /** ISO 3166. */
  phoneCountries: readonly string[];
  /** Several messages of one sender, with line breaks between: what is in one alone was judged with it. */
  isJoined: boolean;
  /** After so many findings nobody looks for more. */
  most: number;
};

/**
 * Finds one kind of thing in a text. It must take time that is linear in the length of the text,
 * whatever the text is, and must not throw.
 */
export type Detector = {
  kind: FilterKind;
  /** Whether it can be spread over several messages, so that those are looked through together too. */
  canBeSplit: boolean;
  /** Whether also in the middle of a word. */
  canBeCut?: true;
  find(prepared: Prepared, surroundings: Surroundings): Finding[];
};
