/** How long typing shows after the last sign of it, in ms. */
const typingMs = 5_000;
/** A beat that was under way when its message came is none of the next one, in ms. */
const lateMs = 500;
/** Once a stream is open for so long, in ms, it has told who is online. */
const toldMs = 5_000;

/** Who types and who is online, as the stream says. */
export class LivePeople {
  private readonly typing = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly stoppedAt = new Map<string, number>();
  /** What was said of a user, and by which stream. */
  private readonly presence = new Map<string, { online: boolean; stream: number }>();
  private stream = 0;
  private isTold = false;

  constructor(private readonly changed: () => void) {}

  typed(chatId: string, userId: string): void {
    const key = chatId + userId;
    if (Date.now() - (this.stoppedAt.get(key) ?? 0) < lateMs) return;
    clearTimeout(this.typing.get(key));
    this.typing.set(
      key,
      setTimeout(() => this.stop(key), typingMs),
    );
    this.changed();
  }

  /** What somebody typed is here. */
  wrote(chatId: string, userId: string): void {
    const key = chatId + userId;
    this.stoppedAt.set(key, Date.now());
    this.stop(key);
  }

  isTyping(chatId: string, userId: string): boolean {
    return this.typing.has(chatId + userId);
  }

  /** A stream tells first who is online; of whom it says nothing is not. */
  opened(): void {
    this.stream += 1;
    const { stream } = this;
    setTimeout(() => {
      if (stream !== this.stream) return;
      this.isTold = true;
      for (const [userId, said] of this.presence) {
        if (said.stream < stream) this.presence.delete(userId);
      }
      this.changed();
    }, toldMs);
  }

  came(userId: string, online: boolean): void {
    this.presence.set(userId, { online, stream: this.stream });
    this.changed();
  }

  /** @param onPage what the server said when it made the page */
  isOnline(userId: string, onPage: boolean): boolean {
    return this.presence.get(userId)?.online ?? (onPage && !this.isTold);
  }

  /** Pages are read again: what they say counts. */
  reset(): void {
    this.presence.clear();
    this.isTold = false;
  }

  private stop(key: string): void {
    clearTimeout(this.typing.get(key));
    if (this.typing.delete(key)) this.changed();
  }
}
