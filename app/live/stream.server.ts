import type { ServerResponse } from "node:http";
import type { Change } from "./change";
import { advance, type Cursor, formatCursor, hasSeen, rebase } from "./cursor";
import type { Position } from "./notify.server";
import { isLater, type Snapshot } from "./snapshot";

/** Why a stream ended, for the log. */
export type EndReason = "left" | "signed-out" | "too-many" | "too-slow" | "shutdown" | "failed";

/**
 * One open `/events`. It holds its own cursor, so that it takes each change once, whoever offers it
 * how often; until `goLive` it keeps what is offered behind what is being caught up.
 */
export class Stream {
  ended: EndReason | null = null;
  private waiting: Change[] | null = [];

  constructor(
    readonly userId: string,
    readonly sessionId: string,
    private readonly response: ServerResponse,
    private readonly cursor: Cursor,
    private readonly queueBytes: number,
    private readonly onEnd: (stream: Stream, reason: EndReason) => void,
  ) {
    response.on("close", () => this.end("left"));
  }

  /** Takes changes that a hub found; chat by chat in the order of their versions. */
  offer(change: Change): void {
    if (this.waiting) this.waiting.push(change);
    else this.deliver(change);
  }

  /** Sends what was missed, which is complete up to a snapshot, and then what waited behind it. */
  goLive(missed: Change[], complete: Snapshot): void {
    for (const change of missed) this.deliver(change);
    rebase(this.cursor, complete);
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const change of waiting) this.deliver(change);
  }

  /** All that a later snapshot sees was offered. */
  moveBase(base: Snapshot): void {
    if (!this.waiting && isLater(base, this.cursor.base)) rebase(this.cursor, base);
  }

  position({ chatId, userId, readSeq, deliveredSeq }: Position): void {
    this.write("chat.delivered", { chatId, userId, seq: deliveredSeq });
    this.write("chat.read", { chatId, userId, seq: readSeq });
  }

  write(event: string, data: unknown, id?: string): void {
    this.send(`${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment: keeps proxies from closing a quiet stream. */
  beat(): void {
    this.send(": beat\n\n");
  }

  end(reason: EndReason): void {
    if (this.ended) return;
    this.ended = reason;
    this.onEnd(this, reason);
    // What a slow reader did not take is of no use to him: he resumes.
    if (reason === "too-slow") this.response.destroy();
    else this.response.end();
  }

  private deliver(change: Change): void {
    if (this.ended || hasSeen(this.cursor, change)) return;
    advance(this.cursor, change);
    this.write(change.event, change.data, formatCursor(this.cursor));
  }

  private send(text: string): void {
    if (this.ended) return;
    this.response.write(text);
    if (this.response.writableLength > this.queueBytes) this.end("too-slow");
  }
}
