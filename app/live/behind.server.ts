type Place = { chatId: string; version: number };

/** How long a change waits for the notification of one before it, in ms. */
const patienceMs = 50;

/**
 * Changes of this process that came before the notification of what another process committed
 * earlier in their chats. It is on its way, with their own behind it, and all of them are then
 * offered as they are: to read them would cost more than to wait.
 */
export class Behind {
  private waiting = new Map<string, number>();

  /** @param goOn is told what it waited for long enough, for it to see whether that has come */
  constructor(private readonly goOn: (place: Place) => void) {}

  wait({ chatId, version }: Place): void {
    if (!this.waiting.size)
      setTimeout(() => setImmediate(() => this.release()), patienceMs).unref();
    this.waiting.set(chatId, version);
  }

  /** By now a process that stood still has taken what had come by then. */
  private release(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const [chatId, version] of waiting) this.goOn({ chatId, version });
  }
}
