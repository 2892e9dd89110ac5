import type { DueChat, DueKind } from "../due";
import type { Finding } from "./run";

/** Adds chats that are due to what was found before, by kind, stage and month. */
export function countFindings(
  before: readonly Finding[],
  kind: DueKind,
  chats: readonly DueChat[],
): Finding[] {
  const found = before.map((one) => ({ ...one }));
  for (const { stage, dueAt, messages, isHeld } of chats) {
    const month = dueAt.toISOString().slice(0, 7);
    let one = found.find(
      (other) => other.kind === kind && other.stage === stage && other.month === month,
    );
    if (!one) {
      one = { kind, stage, month, chats: 0, messages: 0, held: 0 };
      found.push(one);
    }
    one.chats += 1;
    one.messages += messages;
    if (isHeld) one.held += 1;
  }
  return found;
}
