import { isLater, parseSnapshot, sees } from "../snapshot";
import type { LiveEvent } from "./event-stream";

/** Events that are kept for tabs that join later; about 200 kB of messages. */
const most = 500;

/** Means something only at its moment: nobody who joins later wants it. */
const passing = new Set(["hello", "typing"]);

/** What came lately and from where on, so that a tab which joins gets what its page misses. */
export class Recent {
  private events: LiveEvent[] = [];
  /** The cursor after the last event. */
  last: string;

  /** @param start the cursor before the first event */
  constructor(private start: string) {
    this.last = start;
  }

  add(event: LiveEvent): void {
    if (event.id) this.last = event.id;
    if (passing.has(event.event)) return;
    this.events.push(event);
    if (this.events.length <= most) return;
    const first = this.events.shift();
    if (first?.id) this.start = first.id;
  }

  /** Nothing of what came before means anything any more. */
  restart(cursor: string): void {
    this.events = [];
    this.start = cursor;
    this.last = cursor;
  }

  /**
   * What a page at a cursor misses: all of it, and perhaps some that it has. States move no cursor,
   * so that a page which has the last one may still miss some.
   *
   * @returns null when it may miss more than is known here
   */
  after(cursor: string): LiveEvent[] | null {
    const at = this.events.findLastIndex(({ id }) => id === cursor);
    if (at >= 0) return this.events.slice(at + 1);
    return covers(this.start, cursor) ? this.events : null;
  }
}

/** Whether a page at `cursor` shows all that came up to `start`. */
export function covers(start: string, cursor: string): boolean {
  const [epoch, base = "", ...marks] = start.split("~");
  const [itsEpoch, itsBase = "", ...itsMarks] = cursor.split("~");
  if (epoch !== itsEpoch) return false;
  try {
    const seen = parseSnapshot(itsBase);
    if (isLater(parseSnapshot(base), seen)) return false;
    const versions = new Map(itsMarks.map((mark) => [mark.split(":")[0], versionOf(mark)]));
    return marks.every((mark) => {
      const [chat, , xid = ""] = mark.split(":");
      return sees(seen, BigInt(xid)) || (versions.get(chat) ?? 0) >= versionOf(mark);
    });
  } catch {
    return false;
  }
}

const versionOf = (mark: string) => Number(mark.split(":")[1]);
