import type { Change } from "./change";
import { receiptsBatch } from "./live-metrics.server";

export type Receipt = { chatId: string; userId: string; seq: number };

/** In one transaction; more wait for the next, so that none of them is long. */
const most = 2_000;

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
    const key = chatId + userId;
    const waiting = this.waiting.get(key);
    if (!waiting) this.waiting.set(key, { chatId, userId, seq });
    else if (waiting.seq < seq) this.waiting.set(key, { chatId, userId, seq });
  }

  /** Tells the database; what it does not take is told again the next time. */
  async send(): Promise<void> {
    if (this.isSending || !this.waiting.size) return;
    this.isSending = true;
    const sent = [...this.waiting].slice(0, most);
    try {
      await this.deliver(sent.map(([, receipt]) => receipt));
      receiptsBatch.observe(sent.length);
      for (const [key, receipt] of sent) {
        if (this.waiting.get(key) === receipt) this.waiting.delete(key);
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.isSending = false;
    }
  }
}
