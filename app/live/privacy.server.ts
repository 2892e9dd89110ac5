import type { Position } from "./notify.server";
import type { Stream } from "./stream.server";
import type { Streams } from "./streams.server";

/** What a person lets others see, and so sees of them. */
export type Sharing = { userId: string; reads: boolean; presence: boolean };

export type PrivacySource = {
  sharing(userIds: string[]): Promise<Sharing[]>;
  /** A user's positions in his chats; `userIds` are the others there. */
  positionsOf(userId: string): Promise<Position[]>;
};

type Batch = { userIds: Set<string>; done: Promise<void> };

/** In one query. */
const usersAtOnce = 500;

/** Keeps the streams of one instance at what their readers share, whenever that changes. */
export class Privacy {
  /** Who is asked about when the query that is under way has its answer. */
  private next: Batch | null = null;
  private last: Promise<void> = Promise.resolve();

  /** @param onSharing is told of each reader's choice, at first and whenever it may have changed */
  constructor(
    private readonly source: PrivacySource,
    private readonly streams: Streams,
    private readonly onSharing: (sharing: Sharing) => void,
  ) {}

  /** Resolves when a new stream knows what its reader shares. Many that open at once ask together. */
  async settle(stream: Stream): Promise<void> {
    await this.read([stream.userId]);
  }

  /** A user chose anew: his streams follow, and those of the people he talks to. */
  async changed(userId: string): Promise<void> {
    await this.read([userId]);
    const isLonely = this.streams.userIds.every((reader) => reader === userId);
    if (isLonely) return;
    for (const position of await this.source.positionsOf(userId)) {
      for (const reader of position.userIds) {
        for (const stream of this.streams.of(reader)) stream.position(position);
      }
    }
  }

  /** Notifications come from now on: a choice that was told before is not known here. */
  async listening(): Promise<void> {
    await this.read(this.streams.userIds);
  }

  /** One query at a time, so that an older answer never comes after a newer one. */
  private read(userIds: string[]): Promise<void> {
    const batch = this.next ?? this.begin();
    for (const userId of userIds) batch.userIds.add(userId);
    return batch.done;
  }

  private begin(): Batch {
    const userIds = new Set<string>();
    const done = this.last.then(() => {
      this.next = null;
      return this.apply([...userIds]);
    });
    this.last = done.catch(() => {});
    this.next = { userIds, done };
    return this.next;
  }

  private async apply(userIds: string[]): Promise<void> {
    for (let at = 0; at < userIds.length; at += usersAtOnce) {
      const some = userIds.slice(at, at + usersAtOnce);
      for (const sharing of await this.source.sharing(some)) this.onSharing(sharing);
    }
  }
}
