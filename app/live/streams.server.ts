import type { Stream } from "./stream.server";

/** The open streams of a process, by user. */
export class Streams {
  private readonly byUser = new Map<string, Stream[]>();
  /** Each beats with the others of its slot: all at once would hold up what there is to deliver. */
  private readonly slots: Set<Stream>[];
  private readonly slotOf = new WeakMap<Stream, Set<Stream>>();
  private nextSlot = 0;
  private beating = 0;
  size = 0;

  /** @param slots how many calls of `beat` reach every stream once */
  constructor(slots: number) {
    this.slots = Array.from({ length: slots }, () => new Set());
  }

  add(stream: Stream): void {
    const mine = this.byUser.get(stream.userId);
    if (mine) mine.push(stream);
    else this.byUser.set(stream.userId, [stream]);
    const slot = this.slots[this.nextSlot++ % this.slots.length];
    if (slot) this.slotOf.set(stream, slot.add(stream));
    this.size += 1;
  }

  remove(stream: Stream): void {
    const mine = this.byUser.get(stream.userId) ?? [];
    const others = mine.filter((one) => one !== stream);
    if (others.length === mine.length) return;
    if (others.length) this.byUser.set(stream.userId, others);
    else this.byUser.delete(stream.userId);
    this.slotOf.get(stream)?.delete(stream);
    this.size -= 1;
  }

  /** The oldest first; not to be changed. */
  of(userId: string): readonly Stream[] {
    return this.byUser.get(userId) ?? none;
  }

  hasAnyOf(userIds: string[]): boolean {
    return userIds.some((userId) => this.byUser.has(userId));
  }

  get userIds(): string[] {
    return [...this.byUser.keys()];
  }

  beat(): void {
    for (const stream of this.slots[this.beating++ % this.slots.length] ?? []) stream.beat();
  }

  *all(): Generator<Stream> {
    for (const streams of [...this.byUser.values()]) yield* [...streams];
  }
}

const none: readonly Stream[] = [];
