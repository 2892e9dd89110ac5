import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { LivePeople } from "./people";

export type Unread = { lastSeq: number; readSeq: number };

/**
 * What the live stream said since the page was rendered. Pages merge it into what their loaders
 * read: by seq and version, so that it does not matter which of the two came first.
 */
export class LiveStore {
  private readonly listeners = new Set<() => void>();
  private messages = new Map<string, Map<number, Message>>();
  private chats = new Map<string, Chat>();
  private positions = new Map<string, { readSeq: number; deliveredSeq: number }>();
  private unread = new Map<string, Unread>();
  /** How many notifications are unread, as of the count of what happened to them. */
  notifications = { unread: 0, asOf: 0 };
  readonly people = new LivePeople(() => this.changed());
  /** Counts changes; for `useSyncExternalStore`. */
  revision = 0;
  /** Counts how often everything was forgotten: what was kept elsewhere is stale then. */
  generation = 0;

  constructor(private userId: string) {}

  /** What the server counted. What was read or came since then stays. */
  seed(unread: (Unread & { chatId: string })[]): void {
    for (const { chatId, lastSeq, readSeq } of unread) {
      const read = this.positions.get(`${chatId} ${this.userId}`)?.readSeq ?? 0;
      this.unread.set(chatId, {
        lastSeq: Math.max(lastSeq, this.unread.get(chatId)?.lastSeq ?? 0),
        // Not what `count` made of the first message that it heard of: that was a guess.
        readSeq: Math.max(readSeq, read),
      });
    }
    this.changed();
  }

  /** Of two that say how many are unread the later one is right, whichever came first. */
  notified({ unread, asOf }: LiveStore["notifications"]): void {
    if (asOf < this.notifications.asOf) return;
    this.notifications = { unread, asOf };
    this.changed();
  }

  /** A new message: counted as unread when it comes after all that is known. */
  created(message: Message): void {
    this.count(message.chatId, { lastSeq: message.seq, readSeq: 0 });
    // Whoever sends has read up to his own message.
    const own = message.sender?.id === this.userId;
    if (message.sender) this.people.wrote(message.chatId, message.sender.id);
    if (own) this.position(message.chatId, this.userId, { readSeq: message.seq });
    this.updated(message);
  }

  /** A message as it is now; an edit of an old one makes nothing unread. */
  updated(message: Message): void {
    const { chatId, seq } = message;
    const known = this.messages.get(chatId) ?? new Map<number, Message>();
    this.messages.set(chatId, known);
    if ((known.get(seq)?.version ?? 0) < message.version) known.set(seq, message);
    this.changed();
  }

  chat(chat: Chat): void {
    if ((this.chats.get(chat.id)?.version ?? 0) > chat.version) return;
    this.chats.set(chat.id, chat);
    for (const { id, readSeq, deliveredSeq } of chat.participants) {
      this.position(chat.id, id, { readSeq, deliveredSeq });
    }
    this.changed();
  }

  position(
    chatId: string,
    userId: string,
    moved: { readSeq?: number; deliveredSeq?: number },
  ): void {
    const key = `${chatId} ${userId}`;
    const known = this.positions.get(key) ?? { readSeq: 0, deliveredSeq: 0 };
    const isUnshared = moved.readSeq === unshared;
    // A chat's own news say 0 of who does not share, and nothing of when that began.
    const read = moved.readSeq ? Math.max(known.readSeq, moved.readSeq) : known.readSeq;
    const readSeq = isUnshared ? unshared : read;
    const deliveredSeq = Math.max(known.deliveredSeq, moved.deliveredSeq ?? 0);
    if (readSeq === known.readSeq && deliveredSeq === known.deliveredSeq) return;
    this.positions.set(key, { readSeq, deliveredSeq });
    if (userId === this.userId) this.count(chatId, { lastSeq: readSeq, readSeq });
    this.changed();
  }

  messagesOf(chatId: string): ReadonlyMap<number, Message> {
    return this.messages.get(chatId) ?? none;
  }

  /** The chat's newest state, its participants' positions among it. */
  chatNow(chat: Chat): Chat {
    const live = this.chats.get(chat.id);
    const newest = live && live.version > chat.version ? live : chat;
    const lastSeq = Math.max(newest.lastSeq, this.unread.get(chat.id)?.lastSeq ?? 0);
    const participants = newest.participants.map((participant) => {
      const moved = this.positions.get(`${chat.id} ${participant.id}`);
      if (!moved) return participant;
      return {
        ...participant,
        // A page may know more than the stream, but not that it is not to be shown any more.
        readSeq: moved.readSeq === unshared ? 0 : Math.max(participant.readSeq, moved.readSeq),
        deliveredSeq: Math.max(participant.deliveredSeq, moved.deliveredSeq),
      };
    });
    return { ...newest, lastSeq, participants };
  }

  newestMessage(chatId: string): Message | null {
    let newest: Message | null = null;
    for (const message of this.messages.get(chatId)?.values() ?? []) {
      if (!newest || message.seq > newest.seq) newest = message;
    }
    return newest;
  }

  unreadOf(chatId: string): number {
    const unread = this.unread.get(chatId);
    return unread ? Math.max(0, unread.lastSeq - unread.readSeq) : 0;
  }

  /** Up to where the reader read a chat, as far as the pages and the stream say. */
  readOf(chatId: string): number {
    return this.unread.get(chatId)?.readSeq ?? 0;
  }

  get totalUnread(): number {
    let total = 0;
    for (const chatId of this.unread.keys()) total += this.unreadOf(chatId);
    return total;
  }

  /** Chats that the stream told of: what a list may not show yet. */
  get chatIds(): string[] {
    return [...new Set([...this.messages.keys(), ...this.chats.keys()])];
  }

  /** Forgets everything: what comes next is read anew. */
  reset(): void {
    this.messages = new Map();
    this.chats = new Map();
    this.positions = new Map();
    this.unread = new Map();
    this.people.reset();
    this.generation += 1;
    this.changed();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Both positions only grow. A chat that the server did not count had nothing unread. */
  private count(chatId: string, { lastSeq, readSeq }: Unread): void {
    const known = this.unread.get(chatId) ?? { lastSeq: 0, readSeq: lastSeq - 1 };
    this.unread.set(chatId, {
      lastSeq: Math.max(known.lastSeq, lastSeq),
      readSeq: Math.max(known.readSeq, readSeq),
    });
  }

  private changed(): void {
    this.revision += 1;
    for (const listener of this.listeners) listener();
  }
}

/** The read position of somebody who does not share it any more. */
export const unshared = -1;

const none: ReadonlyMap<number, Message> = new Map();
