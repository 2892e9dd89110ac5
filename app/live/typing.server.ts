import type { Db } from "~/db/client.server";
import { type Notification, notify } from "./notify.server";
import type { Stream } from "./stream.server";

type Beat = Extract<Notification, { kind: "typing" }>;

/** Beats of a process within this time, in ms, travel together: each notification takes a lock. */
const gatherMs = 40;

const gathering = new WeakMap<Db, Map<string, Beat>>();

/**
 * Tells the other participants' streams, on every instance, that somebody types. Best effort: it is
 * of no use later, so nothing is kept or told again when the database does not answer.
 */
export function tellTyping(db: Db, beat: Omit<Beat, "kind">): void {
  const key = `${beat.chatId} ${beat.userId}`;
  const waiting = gathering.get(db);
  if (waiting) waiting.set(key, { kind: "typing", ...beat });
  else {
    const beats = new Map([[key, { kind: "typing" as const, ...beat }]]);
    gathering.set(db, beats);
    setTimeout(() => {
      gathering.delete(db);
      notify(db, [...beats.values()]).catch(() => {});
    }, gatherMs);
  }
}

/** Hands a beat to the streams of this process, but not to those of whoever types. */
export function offerTyping(
  { chatId, userId, userIds }: Beat,
  streamsOf: (userId: string) => readonly Stream[],
): void {
  for (const reader of userIds) {
    if (reader === userId) continue;
    for (const stream of streamsOf(reader)) stream.write("typing", { chatId, userId });
  }
}
