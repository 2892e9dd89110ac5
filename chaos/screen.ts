import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { LiveStore } from "~/live/client/store";
import type { Shown } from "./history";
import type { Loaded } from "./page";

/** Data of any event that a stream carries. */
export type EventData = {
  chatId: string;
  version: number;
  message?: Message;
  chat?: Chat;
  userId: string;
  seq: number;
};

/** What a person's open pages show: what was loaded, and what the app's own store made of events. */
export class Screen {
  private readonly store: LiveStore;
  private loaded: Loaded["chats"] = [];

  constructor(userId: string) {
    this.store = new LiveStore(userId);
  }

  load({ chats, unread }: Loaded): void {
    this.loaded = chats;
    this.store.seed(unread);
  }

  take(event: string, data: EventData): void {
    const { chatId, userId, seq } = data;
    if (event === "message.created" && data.message) this.store.created(data.message);
    if (event === "message.updated" && data.message) this.store.updated(data.message);
    if (event.startsWith("chat.") && data.chat) this.store.chat(data.chat);
    if (event === "chat.read") this.store.position(chatId, userId, { readSeq: seq });
    if (event === "chat.delivered") this.store.position(chatId, userId, { deliveredSeq: seq });
  }

  /** Until the next `load` nothing that is shown counts. */
  reset(): void {
    this.store.reset();
  }

  show(): Shown[] {
    return this.loaded.map(({ chat, messages }) => {
      const bySeq = new Map<number, Message>();
      for (const message of [...messages, ...this.store.messagesOf(chat.id).values()]) {
        if ((bySeq.get(message.seq)?.version ?? -1) < message.version) {
          bySeq.set(message.seq, message);
        }
      }
      return {
        chat: this.store.chatNow(chat),
        messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
        unread: this.store.unreadOf(chat.id),
      };
    });
  }
}

/** What a fresh page shows. */
export function showLoaded(userId: string, loaded: Loaded): Shown[] {
  const screen = new Screen(userId);
  screen.load(loaded);
  return screen.show();
}
