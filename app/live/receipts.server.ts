import type { Change } from "./change";
import { receiptsBatch } from "./live-metrics.server";

export type Receipt = { chatId: string; userId: string; seq: number };

/**
 * In one transaction, so that none of them is long: it holds the seats that it moves, and a sender who is
 * one of the readers waits for it; and all instances have to tell of them at once.
 */
const most = 50;

/**
 * Messages that streams took and the database does not know of yet: of each reader in each chat the
 * last one. Under load a transaction takes longer, and the next carries more.
 */
export class Receipts {
  private readonly waiting = new Map<string, Receipt>();
  private isSending = false;

  constructor(
    private readonly deliver: (receipts: Receipt[]) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  took({ chatId, seq, from }: Change, userId: string): void {
    if (!seq || from === userId) return;
    const receipt = { chatId, userId, seq };
    const key = keyOf(receipt);
    const waiting = this.waiting.get(key);
    if (!waiting || waiting.seq < seq) this.waiting.set(key, receipt);
  }

  /** Tells the database of all that waits now; what it does not take is told again the next time. */
  async send(): Promise<void> {
    if (this.isSending || !this.waiting.size) return;
    this.isSending = true;
    try {
      const keys = [...this.waiting.keys()];
      for (let at = 0; at < keys.length; at += most) await this.sendSome(keys.slice(at, at + most));
    } catch (error) {
      this.onError(error);
    } finally {
      this.isSending = false;
    }
  }

  private async sendSome(keys: string[]): Promise<void> {
    const sent = keys.flatMap((key) => this.waiting.get(key) ?? []);
    await this.deliver(sent);
    receiptsBatch.observe(sent.length);
    for (const receipt of sent) {
      const key = keyOf(receipt);
      // What came meanwhile is later, and still to be told.
      if (this.waiting.get(key) === receipt) this.waiting.delete(key);
    }
  }
}

const keyOf = ({ chatId, userId }: Receipt) => chatId + userId;
