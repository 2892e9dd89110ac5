import type { Notification, PresenceNews } from "./notify.server";
import type { Stream } from "./stream.server";

/** How long somebody is shown as online after the last sign of an open stream. */
const leaseMs = 60_000;
/** Each instance says who is there so often: two of these may be lost before a lease runs out. */
const summaryMs = 20_000;
/** After a failure, before the next try: the database may be away. */
const pauseMs = 2_000;
/** In one notification, which holds less than 8,000 bytes. */
const usersAtOnce = 180;
/** In one query. */
const askedAtOnce = 500;

export type PresenceSource = {
  /** Who shares a chat with whom: `peerId` is in a chat of `userId`. */
  peers(userIds: string[]): Promise<{ userId: string; peerId: string }[]>;
  tell(notifications: Notification[]): Promise<void>;
};

/**
 * Who is online, as far as this instance heard: a lease for each user, which the instances that
 * have his streams renew by notifications. No row is written. Only those who share their presence
 * have a lease, and only their streams are told of others.
 *
 * What happened is gathered and handled together by `flush`, so that thousands of streams that open
 * at once cost a few queries and notifications.
 */
export class Presence {
  private readonly leases = new Map<string, number>();
  /** The streams of this instance whose readers share their presence. */
  private readonly here = new Map<string, Set<Stream>>();
  /** Who is online as each stream knows it. */
  private readonly shown = new WeakMap<Stream, Set<string>>();
  private readonly changed = new Set<string>();
  /** Streams that were not told yet who is online, or whose readers may see others than before. */
  private readonly fresh = new Set<Stream>();
  private readonly news = { online: new Set<string>(), offline: new Set<string>(), ask: false };
  private summaryDue: number;
  private isFlushing = false;
  private pausedUntil = 0;

  /** @param now in ms; a clock that never goes back */
  constructor(
    private readonly source: PresenceSource,
    private readonly onError: (error: unknown) => void,
    private readonly now: () => number,
  ) {
    this.summaryDue = now() + summaryMs;
  }

  isOnline(userId: string): boolean {
    return (this.leases.get(userId) ?? 0) > this.now();
  }

  /** Whether the stream is told of others, and its reader shown to them. */
  has(stream: Stream): boolean {
    return this.here.get(stream.userId)?.has(stream) ?? false;
  }

  /** A stream of somebody who shares his presence. */
  enter(stream: Stream): void {
    if (stream.ended || this.has(stream)) return;
    const mine = this.here.get(stream.userId) ?? new Set();
    this.here.set(stream.userId, mine.add(stream));
    this.fresh.add(stream);
    this.news.offline.delete(stream.userId);
    // Others heard of him already, and will again with the next summary.
    if (mine.size > 1) return;
    this.lease(stream.userId);
    this.news.online.add(stream.userId);
  }

  /** The lease stays for its time: whoever changes pages or loses his connection comes back. */
  leave(stream: Stream): void {
    this.fresh.delete(stream);
    const mine = this.here.get(stream.userId);
    if (!mine?.delete(stream) || mine.size) return;
    this.here.delete(stream.userId);
    this.news.online.delete(stream.userId);
    if (stream.ended === "signed-out") this.forget(stream.userId);
  }

  /** The user does not share his presence any more: he is shown to nobody, and nobody to him. */
  hide(userId: string): void {
    for (const stream of this.here.get(userId) ?? []) {
      this.fresh.delete(stream);
      this.shown.delete(stream);
    }
    if (this.here.delete(userId)) this.forget(userId);
    this.end(userId);
  }

  receive({ online = [], offline = [], ask }: PresenceNews): void {
    for (const userId of online) this.lease(userId);
    for (const userId of offline) {
      // He has signed out elsewhere and is still here.
      if (this.here.has(userId)) this.news.online.add(userId);
      else this.end(userId);
    }
    if (ask) this.summaryDue = 0;
  }

  /** They share a chat now, perhaps for the first time: each is told of the other. */
  met(userIds: string[]): void {
    for (const userId of userIds) if (this.isOnline(userId)) this.changed.add(userId);
  }

  /** Whom these may see changed: one of them is blocked, or is not any more. */
  lookAgain(userIds: Iterable<string>): void {
    for (const userId of userIds) {
      for (const stream of this.here.get(userId) ?? []) this.fresh.add(stream);
    }
  }

  /** Notifications come from now on: what was told before is not known. */
  listening(): void {
    this.news.ask = true;
    this.summaryDue = 0;
    this.lookAgain(this.here.keys());
  }

  /** Tells what has gathered: to other instances, and to the streams here. */
  async flush(): Promise<void> {
    this.expire();
    if (this.isFlushing || this.now() < this.pausedUntil) return;
    this.isFlushing = true;
    try {
      // One after the other, so that nobody is called online by what was sent before he hid.
      await this.tellInstances();
      await this.tellStreams();
    } catch (error) {
      this.pausedUntil = this.now() + pauseMs;
      this.onError(error);
    } finally {
      this.isFlushing = false;
    }
  }

  private expire(): void {
    const now = this.now();
    for (const [userId, until] of this.leases) {
      if (this.here.has(userId)) this.leases.set(userId, now + leaseMs);
      else if (until <= now) this.end(userId);
    }
  }

  private lease(userId: string): void {
    if (!this.isOnline(userId)) this.changed.add(userId);
    this.leases.set(userId, this.now() + leaseMs);
  }

  private end(userId: string): void {
    if (this.leases.delete(userId)) this.changed.add(userId);
  }

  private forget(userId: string): void {
    this.end(userId);
    this.news.online.delete(userId);
    this.news.offline.add(userId);
  }

  private async tellInstances(): Promise<void> {
    const now = this.now();
    if (this.summaryDue <= now) {
      this.summaryDue = now + summaryMs;
      for (const userId of this.here.keys()) this.news.online.add(userId);
    }
    const told: Notification[] = [];
    if (this.news.ask) told.push({ kind: "presence", ask: true });
    for (const what of ["offline", "online"] as const) {
      for (const userIds of parts([...this.news[what]], usersAtOnce)) {
        told.push({ kind: "presence", [what]: userIds });
      }
      this.news[what].clear();
    }
    this.news.ask = false;
    // What fails is not told again: the next summary says it, and a listener that comes back asks.
    if (told.length) await this.source.tell(told);
  }

  /** Each change once; that somebody is offline only where he was online before. */
  private show(stream: Stream, userId: string, online = this.isOnline(userId)): void {
    const shown = this.shown.get(stream) ?? new Set();
    if (shown.has(userId) === online) return;
    if (online) this.shown.set(stream, shown.add(userId));
    else shown.delete(userId);
    stream.write("presence", { userId, online });
  }

  private async tellStreams(): Promise<void> {
    const [changed, fresh] = [new Set(this.changed), new Set(this.fresh)];
    this.changed.clear();
    this.fresh.clear();
    if (!this.here.size) return;
    const asked = new Set([...changed, ...[...fresh].map((stream) => stream.userId)]);
    /** Whom a fresh stream was shown and may not see any more. */
    const hidden = new Map([...fresh].map((stream) => [stream, new Set(this.shown.get(stream))]));
    try {
      for (const userIds of parts([...asked], askedAtOnce)) {
        for (const { userId, peerId } of await this.source.peers(userIds)) {
          const readers = changed.has(userId) ? this.here.get(peerId) : undefined;
          for (const stream of readers ?? []) this.show(stream, userId);
          for (const stream of this.here.get(userId) ?? []) {
            if (!fresh.has(stream)) continue;
            hidden.get(stream)?.delete(peerId);
            this.show(stream, peerId);
          }
        }
      }
      for (const [stream, userIds] of hidden) {
        for (const userId of userIds) this.show(stream, userId, false);
      }
    } catch (error) {
      for (const userId of changed) this.changed.add(userId);
      for (const stream of fresh) if (!stream.ended) this.fresh.add(stream);
      throw error;
    }
  }
}

function parts<Item>(items: Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
