import type { Chat, Idle, Person } from "./plan.ts";

export type Outgoing = { chat: Chat; sender: Person; clientId: string; body: string };
/** A message as a stream brought it. */
export type Incoming = { chatId: string; seq: number; clientId: string };

/** A way to talk to a server: streams that are open, and sends. */
export type Transport = {
  /** Resolves when the stream is live. */
  openStream(person: Person, onMessage: (message: Incoming) => void): Promise<void>;
  /** @returns whether the server said that the message is stored */
  send(message: Outgoing): Promise<boolean>;
  close(): void;
};

/** Where a person of a chat is connected, of one instance or two. */
export function originOf(plan: Idle): (person: Person) => string {
  const [first = ""] = plan.origins;
  const last = plan.origins.at(-1) ?? first;
  const sellers = new Set(plan.chats.map(({ seller }) => seller.id));
  return (person) => (sellers.has(person.id) ? last : first);
}
