import type { Writable } from "node:stream";
import type { Change } from "./change";
import { advance, type Cursor, formatCursor, hasSeen, rebase } from "./cursor";
import { eventText, frameOf } from "./frame.server";
import type { Position } from "./notify.server";
import { isLater, type Snapshot } from "./snapshot";

/** Why a stream ended, for the log. */
export type EndReason =
  | "left"
  | "signed-out"
  | "too-many"
  | "too-slow"
  | "shutdown"
  | "failed"
  | "restored";

/** Changes that may wait behind a catch-up; a stream that far behind resumes. */
const mostWaiting = 10_000;

/** Characters that are written without waiting for what else is said at this moment. */
const gatheredLength = 16_384;

/** How long a reader has to take what was said to him before his stream ended. */
const lingerMs = 5_000;

/** Two minutes: a full socket on a bad network says nothing for long, and still moves. */
const mostStalledBeats = 8;

/**
 * One open `/events`. It holds its own cursor, so that it takes each change once, whoever offers it
 * how often; until it is live it keeps what is offered behind what is being caught up.
 */
export class Stream {
  ended: EndReason | null = null;
  readonly openedAt = performance.now();
  events = 0;
  bytes = 0;
  private waiting: Change[] | null = [];
  private stalledBeats = 0;
  /** Said in this turn of the event loop, and not written yet. */
  private gathered = "";
  /** Whether the reader shares what he read, and so sees what others did; null: not known yet. */
  sharesReads: boolean | null = null;
  /** How far a participant was said to be: an older reading may come after a newer notification. */
  private told: Map<string, { readSeq?: number; deliveredSeq: number }> | null = null;

  constructor(
    readonly userId: string,
    readonly sessionId: string,
    private readonly output: Writable,
    private readonly cursor: Cursor,
    private readonly queueBytes: number,
    private readonly onEnd: (stream: Stream, reason: EndReason) => void,
    /** All that it sees was offered; the cursor follows when there is something to deliver. */
    private readonly latestBase: () => Snapshot = () => cursor.base,
  ) {
    output.on("close", () => this.end("left"));
  }

  /** Takes changes that a hub found; chat by chat in the order of their versions. */
  offer(change: Change): void {
    if (this.ended) return;
    if (!this.waiting) this.deliver(change);
    else if (this.waiting.push(change) > mostWaiting) this.end("too-slow");
  }

  /**
   * Sends what was missed, which is complete up to a snapshot, and then what waited behind it, as
   * fast as the reader takes it: a large catch-up must not count as a slow reader, who would
   * resume at the same place for ever.
   */
  async goLive(missed: Change[], complete: Snapshot): Promise<void> {
    for (const change of missed) {
      if (this.ended) return;
      this.deliver(change);
      if (this.isFull()) await this.drained();
    }
    rebase(this.cursor, complete);
    for (let change = this.waiting?.shift(); change; change = this.waiting?.shift()) {
      this.deliver(change);
      if (this.isFull()) await this.drained();
    }
    this.waiting = null;
  }

  private isFull(): boolean {
    this.flush();
    return this.output.writableNeedDrain;
  }

  /** Of others only where both share; where they do not, 0 takes back what was told before. */
  position({ chatId, userId, readSeq, deliveredSeq, sharesReads }: Position): void {
    const isOwn = userId === this.userId;
    // All that moved is read again as soon as it is known what may be shown.
    if (!isOwn && this.sharesReads === null) return;
    const key = chatId + userId;
    this.told ??= new Map();
    const told = this.told.get(key) ?? { deliveredSeq: 0 };
    if (deliveredSeq > told.deliveredSeq) {
      this.write("chat.delivered", { chatId, userId, seq: deliveredSeq });
      told.deliveredSeq = deliveredSeq;
    }
    const seq = isOwn || (sharesReads && this.sharesReads) ? readSeq : 0;
    const isNews = seq ? seq > (told.readSeq ?? 0) : !isOwn && !sharesReads && told.readSeq !== 0;
    if (isNews) {
      this.write("chat.read", { chatId, userId, seq });
      told.readSeq = seq;
    }
    this.told.set(key, told);
  }

  /** Forgets what came before a snapshot: the reader reloads and goes on from there. */
  startOver(complete: Snapshot): void {
    rebase(this.cursor, complete);
    this.write("resync", {}, formatCursor(this.cursor));
  }

  write(event: string, data: unknown, id?: string): void {
    this.event(eventText(event, data), id);
  }

  /** A comment: keeps proxies from closing a quiet stream. */
  beat(): void {
    // A reader who takes nothing holds a whole catch-up in memory.
    this.stalledBeats = this.output.writableNeedDrain ? this.stalledBeats + 1 : 0;
    if (this.stalledBeats > mostStalledBeats) this.end("too-slow");
    this.send(": beat\n\n");
  }

  end(reason: EndReason): void {
    if (this.ended) return;
    this.ended = reason;
    this.waiting = null;
    this.onEnd(this, reason);
    // What a slow reader did not take is of no use to him: he resumes.
    if (reason === "too-slow") this.output.destroy();
    else this.output.end(this.gathered);
    this.gathered = "";
    // A connection whose reader takes nothing would keep the process from ending.
    if (this.output.writableLength) setTimeout(() => this.output.destroy(), lingerMs).unref();
  }

  private deliver(change: Change): void {
    if (this.ended) return;
    this.keepUp();
    if (hasSeen(this.cursor, change)) return;
    const { mark, textFor } = frameOf(change);
    advance(this.cursor, mark);
    this.event(textFor(this.userId), formatCursor(this.cursor));
  }

  /** Here and not when the base moves: most streams are quiet meanwhile. */
  private keepUp(): void {
    if (this.waiting) return;
    const latest = this.latestBase();
    if (latest !== this.cursor.base && isLater(latest, this.cursor.base)) {
      rebase(this.cursor, latest);
    }
  }

  private event(text: string, id?: string): void {
    this.events += 1;
    this.send(id ? `id: ${id}\n${text}` : text);
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.stalledBeats = 0;
        this.output.off("drain", done).off("close", done);
        resolve();
      };
      this.output.on("drain", done).on("close", done);
    });
  }

  private send(text: string): void {
    if (this.ended) return;
    this.bytes += Buffer.byteLength(text);
    // What is said at one moment is written at once: each write costs a system call.
    if (!this.gathered) queueMicrotask(() => this.flush());
    this.gathered += text;
    if (this.gathered.length > gatheredLength) this.flush();
  }

  private flush(): void {
    if (!this.gathered || this.ended) return;
    this.output.write(this.gathered);
    this.gathered = "";
    if (this.output.writableLength > this.queueBytes) this.end("too-slow");
  }
}
