import { randomUUID } from "node:crypto";
import type { Viewer } from "~/accounts/viewer";
import { sendMessage } from "~/chats/send.server";
import type { Db } from "~/db/client.server";

/** Sends a message that has to be accepted. */
export async function say(
  db: Db,
  viewer: Viewer,
  chatId: string,
  body: string,
  draft: { clientId?: string; replyTo?: number; confirm?: string } = {},
) {
  const sent = await sendMessage(db, viewer, { clientId: randomUUID(), ...draft, chatId, body });
  if (!sent || !("message" in sent)) throw new Error(`Not sent: ${JSON.stringify(sent)}`);
  return sent.message;
}

/** The same numbers for the same seed, from 0 to 1 (mulberry32). */
export function seededRandom(seed: number) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(random() * end);
  const oneOf = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error("Nothing to choose from");
    return item;
  };
  return { random, below, oneOf };
}
