import { httpTransport } from "./http-transport.ts";
import type { Chat, Idle, Person } from "./plan.ts";
import { socketIoTransport } from "./socket-io-transport.ts";
import type { Transport } from "./transport.ts";

/** More at once would wait in the server's queue for connections. */
const atOnce = 50;

export function transportOf(plan: Idle): Transport {
  return plan.protocol === "socket-io" ? socketIoTransport(plan) : httpTransport(plan);
}

/** Opens the streams of everybody in the chats; resolves when all are live. */
export async function openStreams(
  { chats }: Pick<Idle, "chats">,
  open: (chat: Chat, person: Person) => Promise<void>,
): Promise<void> {
  const wanted = chats.flatMap((chat) =>
    [chat.buyer, chat.seller].map((person) => ({ chat, person })),
  );
  for (let at = 0; at < wanted.length; at += atOnce) {
    const some = wanted.slice(at, at + atOnce);
    await Promise.all(some.map(({ chat, person }) => open(chat, person)));
  }
}
