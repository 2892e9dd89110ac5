import { v4 as uuidv4 } from "uuid";
import { postForm, type RouteAnswer } from "~/http/client/route-fetch";
import { chatPath } from "~/http/paths";
import type { Phrase } from "~/ui/i18n";
import type { Message } from "../message";

export type Pending = {
  clientId: string;
  chatId: string;
  body: string;
  replyTo?: number;
  createdAt: string;
  /** Stored by the server; it stays here until the chat shows it. */
  sent: Message | null;
  /** Why it was not sent; it waits for the sender to decide. */
  failed: Phrase | null;
};

/** What the action answers to `intent=send`. */
export type SendAnswer = { sent: Message } | { refused: Phrase };

/**
 * Messages on their way, in all chats: one at a time, so that they arrive in the order in which
 * they were written. Each keeps its client id, so that trying again never doubles it.
 */
export class Outbox {
  pending: readonly Pending[] = [];
  private readonly listeners = new Set<() => void>();
  private isSending = false;

  /** @param onSent is told what the server stored */
  constructor(
    private readonly onSent: (message: Message) => void,
    private readonly post: typeof postForm<SendAnswer> = postForm,
  ) {}

  send(draft: Pick<Pending, "chatId" | "body" | "replyTo">): void {
    const createdAt = new Date().toISOString();
    const item = { ...draft, clientId: uuidv4(), createdAt, sent: null, failed: null };
    this.change([...this.pending, item]);
    void this.run();
  }

  retry(clientId: string): void {
    this.update(clientId, { failed: null });
    void this.run();
  }

  /** For a message that failed, or that its chat shows by now. */
  discard(clientId: string): void {
    this.change(this.pending.filter((item) => item.clientId !== clientId));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async run(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (let next = this.next(); next; next = this.next()) {
      const { clientId, chatId, body, replyTo } = next;
      const fields = { intent: "send", clientId, body, replyTo: replyTo ? String(replyTo) : "" };
      this.settle(clientId, await this.post(chatPath(chatId), fields));
    }
    this.isSending = false;
  }

  private next(): Pending | undefined {
    return this.pending.find(({ sent, failed }) => !sent && !failed);
  }

  private settle(clientId: string, answer: RouteAnswer<SendAnswer>): void {
    if (answer.kind === "data" && "sent" in answer.data) {
      this.update(clientId, { sent: answer.data.sent });
      this.onSent(answer.data.sent);
    } else {
      this.update(clientId, { failed: reasonOf(answer) });
    }
  }

  private update(clientId: string, change: Partial<Pending>): void {
    this.change(
      this.pending.map((item) => (item.clientId === clientId ? { ...item, ...change } : item)),
    );
  }

  private change(pending: readonly Pending[]): void {
    this.pending = pending;
    for (const listener of this.listeners) listener();
  }
}

function reasonOf(answer: RouteAnswer<SendAnswer>): Phrase {
  if (answer.kind === "data" && "refused" in answer.data) return answer.data.refused;
  if (answer.kind === "signed-out") return { id: "chat.signedOut" };
  if (answer.kind === "failed" && answer.status > 0) return { id: "chat.notAccepted" };
  return { id: "chat.offline" };
}
