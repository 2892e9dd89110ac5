/** Of chats that were quiet for longest it forgets; a forgotten one costs a reading. */
const most = 20_000;

/**
 * Up to which version every change of a chat was offered to every stream that may have it. What is
 * not known says nothing. Versions of a chat only grow, so that what was known once stays true.
 */
export class KnownVersions {
  private readonly versions = new Map<string, number>();

  of(chatId: string): number | undefined {
    return this.versions.get(chatId);
  }

  covers({ chatId, version }: { chatId: string; version: number }): boolean {
    return version <= (this.versions.get(chatId) ?? 0);
  }

  /** Whether nothing that comes before this change is still to be offered. */
  isNext({ chatId, version }: { chatId: string; version: number }): boolean {
    return this.versions.get(chatId) === version - 1;
  }

  clear(): void {
    this.versions.clear();
  }

  raise(chatId: string, version: number): void {
    const known = this.versions.get(chatId) ?? 0;
    // Put back at the end, so that the first one is the one that was quiet for longest.
    this.versions.delete(chatId);
    this.versions.set(chatId, Math.max(known, version));
    if (this.versions.size <= most) return;
    for (const [quietest] of this.versions) {
      this.versions.delete(quietest);
      return;
    }
  }
}
