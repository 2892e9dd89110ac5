import type { Detector, Surroundings } from "./detector";
import { Prepared } from "./prepare";
import type { Reason } from "./verdict";

type Message = { seq: number; body: string };

/** Further back nobody looks for the beginning of a number: so many messages, and characters of them. */
const mostMessages = 8;
const mostCharacters = 500;

/** The last messages that are short enough to be looked through together. */
function latest(earlier: readonly Message[]): Message[] {
  const kept: Message[] = [];
  let characters = 0;
  for (const message of earlier.toReversed()) {
    characters += message.body.length;
    if (kept.length === mostMessages || characters > mostCharacters) break;
    kept.unshift(message);
  }
  return kept;
}

const prepared = new Prepared();

type Split = Pick<Reason, "words" | "earlier" | "isDisguised">;

function findJoined(
  detector: Detector,
  messages: readonly Message[],
  glue: string,
  surroundings: Surroundings,
): Split | null {
  const begins: number[] = [];
  let joined = "";
  for (const { body } of messages) {
    if (joined !== "") joined += glue;
    begins.push(joined.length);
    joined += body;
  }
  const own = begins.at(-1) as number;
  prepared.read(joined);
  const words: string[] = [];
  const seqs = new Set<number>();
  for (const { from, to } of detector.find(prepared, surroundings)) {
    const [start, end] = prepared.originalPlaces(from, to);
    if (start >= own || end <= own) continue;
    words.push(prepared.originalOf(from, to));
    for (const [i, message] of messages.entries()) {
      const next = begins[i + 1];
      if (next !== undefined && next > start) seqs.add(message.seq);
    }
  }
  return words.length === 0 ? null : { words, earlier: [...seqs], isDisguised: true };
}

/**
 * Looks for what begins in earlier messages and ends in this one. What lies in one of them alone was
 * judged with it.
 */
export function findSplit(
  detector: Detector,
  earlier: readonly Message[],
  text: string,
  surroundings: Surroundings,
): Split | null {
  // What began earlier ends soon.
  const messages = [...latest(earlier), { seq: 0, body: text.slice(0, mostCharacters) }];
  if (messages.length === 1) return null;
  return (
    findJoined(detector, messages, "\n", surroundings) ??
    (detector.canBeCut ? findJoined(detector, messages, "", surroundings) : null)
  );
}
