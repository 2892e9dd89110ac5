/**
 * Watches the messages of one chat on one stream: seqs have to come as 1, 2, 3 and so on. What was
 * passed over counts as lost until it comes, and as out of order when it does.
 */
export class OrderCheck {
  doubled = 0;
  disordered = 0;
  private next: number;
  private readonly missing = new Set<number>();

  /** @param after the chat's last seq before the stream was opened */
  constructor(after: number) {
    this.next = after + 1;
  }

  take(seq: number): void {
    if (seq >= this.next) {
      for (; this.next < seq; this.next++) this.missing.add(this.next);
      this.next++;
    } else if (this.missing.delete(seq)) this.disordered++;
    else this.doubled++;
  }

  /** How many of the messages up to `last` did not come, so far. */
  missingUpTo(last: number): number {
    return this.missing.size + Math.max(0, last + 1 - this.next);
  }
}
