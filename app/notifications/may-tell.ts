import { alwaysMailed, type Channel, type Choices, choiceKinds, type ToldKind } from "./choices";
import { quietUntil } from "./quiet-hours";

/** All ways to call somebody: outside of Parley's pages, and on those that are open. */
export type Way = Channel | "toast" | "sound";

export type Telling = "now" | "never" | { at: Date };

type Asked = {
  kind: ToldKind;
  channel: Way;
  now: Date;
  /** Of the chat; PostgreSQL's `infinity` reads as an invalid Date, and is for ever. */
  mutedUntil?: Date | null;
  /** Whether one side of the chat blocks the other. */
  isBlocked?: boolean;
};

/** Mail that quiet hours do not hold back: a term may begin with it, or an account be in danger. */
const neverHeldBack: readonly ToldKind[] = [...alwaysMailed, "sign_in"];

/**
 * Whether somebody may be told of something in some way, the only place that decides it: at once,
 * never, or not before quiet hours are over. Whatever waits asks again then.
 *
 * Mute and block are about messages: what is decided about a person he learns all the same.
 */
export function mayTell(choices: Choices, asked: Asked): Telling {
  const { kind, channel, now } = asked;
  if (kind === "message" && (asked.isBlocked || isMuted(asked.mutedUntil, now))) return "never";
  if (!isChosen(choices, kind, channel)) return "never";
  if (channel === "toast" || (channel === "mail" && neverHeldBack.includes(kind))) return "now";
  const until = choices.quiet && quietUntil(choices.quiet, now);
  if (!until) return "now";
  // A sound is for the moment.
  return channel === "sound" ? "never" : { at: until };
}

export function isMuted(until: Date | null | undefined, now: Date): boolean {
  return Boolean(until) && !(until && until <= now);
}

function isChosen(choices: Choices, kind: ToldKind, channel: Way): boolean {
  if (channel === "toast") return true;
  if (channel === "sound") return choices.hasSound;
  const chosen = choiceKinds.find((one) => one === kind);
  // There is nothing to choose about it.
  if (!chosen) return true;
  return choices.byKind[chosen][channel] || (channel === "mail" && alwaysMailed.includes(kind));
}
