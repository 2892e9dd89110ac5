import type { Change, ChangedChat, Changes } from "./change";
import type { Notification, Position } from "./notify.server";
import { isLater, type Snapshot } from "./snapshot";
import type { EndReason, Stream } from "./stream.server";

/** What a hub asks the domain. */
export type HubSource = {
  now(): Promise<Snapshot>;
  /** Everything that changed anywhere: the fallback when notifications were lost. */
  changed(since: Snapshot): Promise<{ snapshot: Snapshot; chats: ChangedChat[] }>;
  changesOf(since: Snapshot, chats: { chatId: string; after: number }[]): Promise<Changes>;
  /** Positions in the users' chats that moved since; `userIds` are those of the users who see it. */
  moved(since: Snapshot, userIds: string[]): Promise<Position[]>;
  /** Messages that streams took for their readers. */
  delivered(messages: { chatId: string; userId: string; seq: number }[]): Promise<void>;
  /** Those of the sessions that are over: ended or expired. */
  endedSessions(sessionIds: string[]): Promise<string[]>;
};

const usersAtOnce = 500;

/**
 * Hands changes to the streams of one process.
 *
 * A notification only says that a chat changed: the hub then reads what is not visible in `base`,
 * a snapshot whose every change was offered to all streams. So nothing depends on a notification
 * coming, coming once or coming in order; `catchUp` finds what no notification told of, and moves
 * `base` on.
 */
export class Hub {
  private readonly streams = new Map<string, Set<Stream>>();
  private readonly dirty = new Map<string, string[]>();
  /** The newest version of a chat that was offered, where `base` does not see it yet. */
  private readonly offered = new Map<string, number>();
  private readonly receipts = new Map<string, { chatId: string; userId: string; seq: number }>();
  private base: Snapshot | null = null;
  private work: Promise<void> | null = null;
  private catchUpDue = false;
  /** No position that a later snapshot than this sees was lost on its way to the streams. */
  private heard: Snapshot | null = null;
  private positionsDue = false;
  private sendingReceipts = false;

  constructor(
    private readonly source: HubSource,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @throws when the hub has not caught up for the first time: it would not know since when */
  add(stream: Stream): void {
    this.known();
    const mine = this.streams.get(stream.userId) ?? new Set();
    this.streams.set(stream.userId, mine.add(stream));
  }

  remove(stream: Stream): void {
    const mine = this.streams.get(stream.userId);
    mine?.delete(stream);
    if (mine?.size === 0) this.streams.delete(stream.userId);
  }

  /** A user's streams, the oldest first. */
  streamsOf(userId: string): Stream[] {
    return [...(this.streams.get(userId) ?? [])];
  }

  beat(): void {
    for (const stream of this.all()) stream.beat();
  }

  endAll(reason: EndReason): void {
    for (const stream of this.all()) stream.end(reason);
  }

  receive(notification: Notification): void {
    if (notification.kind === "change") {
      if (notification.version <= (this.offered.get(notification.chatId) ?? 0)) return;
      this.markDirty(notification);
    } else if (notification.kind === "position") {
      this.position(notification);
    } else if (notification.kind === "session-ended") {
      this.endSessions([notification.sessionId]);
    }
  }

  /** Looks for changes without being told; resolves when all that is known was offered. */
  catchUp(): Promise<void> {
    this.catchUpDue = true;
    return this.start();
  }

  /**
   * Notifications come from now on. What was notified before is lost: changes are found as always,
   * but positions that moved have to be read again, and sessions that ended.
   */
  async listening(): Promise<void> {
    this.positionsDue = true;
    await Promise.all([this.catchUp(), this.checkSessions()]);
  }

  /** Ends the streams of sessions that are over: nobody tells of one that expires. */
  async checkSessions(): Promise<void> {
    const sessionIds = new Set([...this.all()].map((stream) => stream.sessionId));
    if (!sessionIds.size) return;
    try {
      this.endSessions(await this.source.endedSessions([...sessionIds]));
    } catch (error) {
      this.onError(error);
    }
  }

  /** Tells the database which messages streams took since the last time. */
  async sendReceipts(): Promise<void> {
    const receipts = [...this.receipts];
    if (!receipts.length || this.sendingReceipts) return;
    this.sendingReceipts = true;
    try {
      await this.source.delivered(receipts.map(([, receipt]) => receipt));
      for (const [key, receipt] of receipts) {
        if (this.receipts.get(key) === receipt) this.receipts.delete(key);
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.sendingReceipts = false;
    }
  }

  private endSessions(sessionIds: string[]): void {
    const over = new Set(sessionIds);
    for (const stream of this.all()) if (over.has(stream.sessionId)) stream.end("signed-out");
  }

  private receipt(change: Change, userId: string): void {
    if (!change.seq || change.from === userId) return;
    const key = `${change.chatId} ${userId}`;
    if ((this.receipts.get(key)?.seq ?? 0) < change.seq) {
      this.receipts.set(key, { chatId: change.chatId, userId, seq: change.seq });
    }
  }

  private position(position: Position): void {
    for (const userId of position.userIds) {
      for (const stream of this.streamsOf(userId)) stream.position(position);
    }
  }

  private markDirty({ chatId, userIds }: Pick<ChangedChat, "chatId" | "userIds">): void {
    if (!userIds.some((userId) => this.streams.has(userId))) return;
    this.dirty.set(chatId, userIds);
    void this.start();
  }

  /** One reading at a time: what comes meanwhile is read together by the next. */
  private start(): Promise<void> {
    this.work ??= this.run();
    return this.work;
  }

  private async run(): Promise<void> {
    try {
      while (this.catchUpDue || this.positionsDue || this.dirty.size) {
        if (this.catchUpDue) await this.lookEverywhere();
        else if (this.positionsDue) await this.retellPositions();
        else await this.offerDirty();
      }
    } catch (error) {
      // What was due stays due: the next catch-up reads it again from `base`.
      this.onError(error);
    } finally {
      // Here and not later: what comes after the last look at what is due starts anew.
      this.work = null;
    }
  }

  private async retellPositions(): Promise<void> {
    this.positionsDue = false;
    const base = this.known();
    const userIds = [...this.streams.keys()];
    try {
      for (let at = 0; this.heard && at < userIds.length; at += usersAtOnce) {
        const some = userIds.slice(at, at + usersAtOnce);
        for (const moved of await this.source.moved(this.heard, some)) this.position(moved);
      }
    } catch (error) {
      this.positionsDue = true;
      throw error;
    }
    this.heard = base;
  }

  private async lookEverywhere(): Promise<void> {
    this.catchUpDue = false;
    if (this.streams.size === 0) {
      const now = await this.source.now();
      // A stream that came meanwhile may have caught up to less than `now`.
      if (this.streams.size > 0) return this.lookEverywhere();
      this.dirty.clear();
      this.offered.clear();
      this.base = now;
      return;
    }
    const { snapshot, chats } = await this.source.changed(this.known());
    for (const { chatId, version, userIds } of chats) {
      if (version > (this.offered.get(chatId) ?? 0)) this.markDirty({ chatId, userIds });
    }
    await this.offerDirty();
    this.setBase(snapshot, chats);
  }

  private async offerDirty(): Promise<void> {
    const audience = new Map(this.dirty);
    this.dirty.clear();
    if (!audience.size) return;
    const wanted = [...audience.keys()].map((chatId) => ({
      chatId,
      after: this.offered.get(chatId) ?? 0,
    }));
    const { changes } = await this.source.changesOf(this.known(), wanted);
    for (const change of changes) {
      for (const userId of audience.get(change.chatId) ?? []) {
        const streams = this.streamsOf(userId);
        for (const stream of streams) stream.offer(change);
        if (streams.length) this.receipt(change, userId);
      }
      this.offered.set(change.chatId, change.version);
    }
  }

  /** Without a base nothing can be offered: `catchUp` has to come before the first stream. */
  private known(): Snapshot {
    if (!this.base) throw new Error("The hub was not started");
    return this.base;
  }

  private setBase(base: Snapshot, covered: ChangedChat[]): void {
    if (!isLater(base, this.known())) return;
    this.base = base;
    for (const { chatId, version } of covered) {
      if ((this.offered.get(chatId) ?? 0) <= version) this.offered.delete(chatId);
    }
    for (const stream of this.all()) stream.moveBase(base);
  }

  private *all(): Generator<Stream> {
    for (const streams of [...this.streams.values()]) yield* [...streams];
  }
}
