import { within } from "~/operations/deadline.server";
import { Behind } from "./behind.server";
import type { Change, ChangedChat, Changes, CommittedChange } from "./change";
import { type DatabaseClock, measureDelivery } from "./delivery-latency.server";
import { KnownVersions } from "./known-versions.server";
import { foundByLooking, readingDuration } from "./live-metrics.server";
import type { Notification, Position, SentNotice } from "./notify.server";
import { type Receipt, Receipts } from "./receipts.server";
import { isLater, type Snapshot, sees } from "./snapshot";
import type { EndReason } from "./stream.server";
import type { Streams } from "./streams.server";

/** What a hub asks the domain. */
export type HubSource = {
  now(): Promise<Snapshot>;
  /** Everything that changed anywhere: the fallback when notifications were lost. */
  changed(since: Snapshot): Promise<{ snapshot: Snapshot; chats: ChangedChat[] }>;
  /** With who is in each chat now: only they may have its changes. */
  changesOf(
    since: Snapshot,
    chats: { chatId: string; after: number }[],
  ): Promise<Changes & { audience: Record<string, string[]> }>;
  /** The message that a notification brought along. */
  carried(notice: SentNotice): CommittedChange;
  /** Positions in the users' chats that moved since; `userIds` are those of the users who see it. */
  moved(since: Snapshot, userIds: string[]): Promise<Position[]>;
  /** Messages that streams took for their readers. */
  delivered(messages: Receipt[]): Promise<void>;
  /** Those of the sessions that are over: ended or expired. */
  endedSessions(sessionIds: string[]): Promise<string[]>;
};

/** At once in one statement, so that none is long. */
const [usersAtOnce, chatsAtOnce, sessionsAtOnce] = [500, 200, 1_000];
/** A reading on a connection that died without a word is given up then, and made again, in ms. */
const patienceMs = 10_000;

/** A message that comes later than this, in ms, is read: it may have been taken back since. */
const freshMs = 2_000;

/**
 * Hands changes to the streams of one process.
 *
 * A change that this process committed itself, or that its notification carries whole, is offered as
 * it is, if all that came before it in its chat was offered. Of any other the hub is only told: it
 * then reads what is not visible in `base`, a snapshot whose every change was offered to all
 * streams. So nothing depends on a notification coming, coming once or coming in order; `catchUp`
 * finds what nobody told of, and moves `base` on.
 */
export class Hub {
  private readonly dirty = new Set<string>();
  private readonly behind = new Behind((place) => {
    if (!this.known.covers(place)) this.markDirty(place.chatId);
  });
  private readonly known = new KnownVersions();
  private readonly receipts: Receipts;
  private base: Snapshot | null = null;
  private work: Promise<void> | null = null;
  private catchUpDue = false;
  /** No position that a later snapshot than this sees was lost on its way to the streams. */
  private heard: Snapshot | null = null;
  private positionsDue = false;

  constructor(
    private readonly source: HubSource,
    private readonly streams: Streams,
    private readonly on: { failed: (error: unknown) => void; worked: () => void },
    private readonly clock: DatabaseClock,
  ) {
    this.receipts = new Receipts((sent) => this.ask(source.delivered(sent)), on.failed);
  }

  /** All that it sees was offered to every stream. @throws before the first catch-up */
  latestBase = (): Snapshot => {
    if (!this.base) throw new Error("The hub was not started");
    return this.base;
  };

  endAll(reason: EndReason): void {
    for (const stream of this.streams.all()) stream.end(reason);
  }

  /** The database is another one: what was offered means nothing, and readers have to come again. */
  async startOver(): Promise<void> {
    this.base = null;
    this.heard = null;
    this.known.clear();
    this.dirty.clear();
    this.endAll("restored");
    await this.work;
    await this.catchUp();
  }

  receive(notification: Notification): void {
    switch (notification.kind) {
      case "change":
        this.told(notification);
        break;
      case "sent": {
        const { chatId, seq, from: userId, sharesReads, userIds } = notification;
        this.sent(notification);
        const position = { readSeq: seq, deliveredSeq: seq };
        this.position({ chatId, userId, sharesReads, userIds, ...position });
        break;
      }
      case "position":
        this.position(notification);
        break;
      case "session-ended":
        this.endSessions([notification.sessionId]);
        break;
    }
  }

  /**
   * Takes what this process has just committed. A change whose predecessors in its chat were all
   * offered goes out as it is; any other waits for theirs, or is read together with them.
   */
  committed(changes: CommittedChange[]): void {
    for (const change of changes) {
      if (this.known.covers(change)) continue;
      // Whoever opens a stream from now on reads it: it is committed.
      const isWatched = this.streams.hasAnyOf(change.userIds);
      if (!isWatched || this.known.isNext(change)) {
        this.offer(change, change.userIds, "own");
        if (isWatched) this.positionOfSender(change);
      } else if (this.known.of(change.chatId) === undefined) this.markDirty(change.chatId);
      else this.behind.wait(change);
    }
  }

  /** A message came, from this process or another; what it says may have come along. */
  private sent(notice: SentNotice): void {
    const { carried, chatId, userIds } = notice;
    if (this.known.covers(notice)) return;
    // As in `committed`, of which this is the other half.
    if (!carried) this.told(notice);
    else if (!this.streams.hasAnyOf(userIds)) this.known.raise(chatId, notice.version);
    else if (!this.known.isNext(notice)) this.markDirty(chatId);
    else {
      const change = this.source.carried(notice);
      const age = this.clock.ageOf(change.writtenAt) ?? 0;
      if (age < freshMs) this.offer(change, userIds, "others");
      else this.markDirty(chatId);
    }
  }

  /** The notification will say it again: together with the message it takes no write of its own. */
  private positionOfSender(change: CommittedChange): void {
    const { chatId, seq, from: userId, sharesReads, userIds } = change;
    if (!seq || !userId || sharesReads === undefined) return;
    this.position({ chatId, userId, readSeq: seq, deliveredSeq: seq, sharesReads, userIds });
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
    const ids = [...new Set([...this.streams.all()].map((stream) => stream.sessionId))];
    try {
      for (let at = 0; at < ids.length; at += sessionsAtOnce) {
        const some = ids.slice(at, at + sessionsAtOnce);
        this.endSessions(await this.ask(this.source.endedSessions(some)));
      }
    } catch (error) {
      this.on.failed(error);
    }
  }

  /** Tells the database which messages streams took since the last time. */
  sendReceipts(): Promise<void> {
    return this.receipts.send();
  }

  private endSessions(sessionIds: string[]): void {
    if (!sessionIds.length) return;
    const over = new Set(sessionIds);
    for (const stream of this.streams.all()) {
      if (over.has(stream.sessionId)) stream.end("signed-out");
    }
  }

  private position(position: Position): void {
    for (const userId of position.userIds) {
      for (const stream of this.streams.of(userId)) stream.position(position);
    }
  }

  private told({ chatId, version, userIds }: ChangedChat): void {
    if (this.known.covers({ chatId, version }) || !this.streams.hasAnyOf(userIds)) return;
    this.markDirty(chatId);
  }

  private markDirty(chatId: string): void {
    this.dirty.add(chatId);
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
        else await this.readDirty();
      }
      this.on.worked();
    } catch (error) {
      // What was due stays due: the next catch-up reads it again from `base`.
      this.on.failed(error);
    } finally {
      // Here and not later: what comes after the last look at what is due starts anew.
      this.work = null;
    }
  }

  private async retellPositions(): Promise<void> {
    this.positionsDue = false;
    const base = this.latestBase();
    const userIds = this.streams.userIds;
    try {
      for (let at = 0; this.heard && at < userIds.length; at += usersAtOnce) {
        const some = userIds.slice(at, at + usersAtOnce);
        const moved = await this.ask(this.source.moved(this.heard, some));
        for (const position of moved) this.position(position);
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
      const now = await this.ask(this.source.now());
      // A stream that came meanwhile may have caught up to less than `now`.
      if (this.base && this.streams.size > 0) return this.lookEverywhere();
      this.dirty.clear();
      this.base = now;
      return;
    }
    const { snapshot, chats } = await this.ask(this.source.changed(this.latestBase()));
    for (const { chatId, version, userIds } of chats) {
      if (this.known.covers({ chatId, version }) || !this.streams.hasAnyOf(userIds)) continue;
      if (!this.dirty.has(chatId)) foundByLooking.inc();
      this.dirty.add(chatId);
    }
    // No more than that: what is told of meanwhile must not keep the base where it is.
    const due = [...this.dirty];
    for (let at = 0; at < due.length; at += chatsAtOnce) {
      await this.read(due.slice(at, at + chatsAtOnce));
    }
    if (isLater(snapshot, this.latestBase())) this.base = snapshot;
  }

  private readDirty(): Promise<void> {
    return this.read([...this.dirty].slice(0, chatsAtOnce));
  }

  private async read(chatIds: string[]): Promise<void> {
    // Before reading: what is told of meanwhile may not be in it.
    for (const chatId of chatIds) this.dirty.delete(chatId);
    const wanted = chatIds.map((chatId) => ({ chatId, after: this.known.of(chatId) ?? 0 }));
    const took = readingDuration.startTimer();
    const base = this.latestBase();
    const found = await this.ask(this.source.changesOf(base, wanted));
    took();
    for (const change of found.changes) {
      // Offered while it was read, or read again because it changed since.
      if (this.known.covers(change) || sees(base, change.xid)) continue;
      this.offer(change, found.audience[change.chatId] ?? [], "others");
    }
  }

  private offer(change: Change, userIds: string[], path: "own" | "others"): void {
    let isTaken = false;
    for (const userId of userIds) {
      const streams = this.streams.of(userId);
      for (const stream of streams) stream.offer(change);
      if (streams.length) this.receipts.took(change, userId);
      isTaken ||= streams.length > 0;
    }
    this.known.raise(change.chatId, change.version);
    if (isTaken) measureDelivery(change, path, this.clock);
  }

  private ask<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return within(patienceMs, answer);
  }
}
