import { within } from "~/operations/deadline.server";
import type { Notification } from "./notify.server";
import type { Streams } from "./streams.server";

/** What is told to some users at once and kept by nobody: an event without an id. */
export type News = { event: string; data: object; userIds: string[] };

/** What the domain makes of a topic: what there is to tell now, and to whom. */
export type NewsSource = Record<string, () => Promise<News>>;

/** A reading on a connection that died without a word is given up then, in ms. */
const patienceMs = 10_000;

/**
 * Tells news on the streams of one process. A notification names its topic alone: what is told is
 * read after it, so that the last that is told is what was committed last, and who it is for is who
 * it is for then.
 */
export class Newsroom {
  private readonly due = new Set<string>();
  private isTelling = false;

  constructor(
    private readonly streams: Streams,
    private readonly source: NewsSource,
    private readonly failed: (error: unknown) => void,
  ) {}

  receive(notification: Notification): void {
    if (notification.kind === "news") this.tell(notification.topic);
  }

  /** What was notified while nobody listened is lost. */
  listening(): void {
    for (const topic of Object.keys(this.source)) this.tell(topic);
  }

  private tell(topic: string): void {
    this.due.add(topic);
    if (!this.isTelling) void this.run();
  }

  private async run(): Promise<void> {
    this.isTelling = true;
    try {
      // What becomes due meanwhile is told after it.
      for (const topic of this.due) {
        this.due.delete(topic);
        const read = this.source[topic];
        if (!read || this.streams.size === 0) continue;
        const { event, data, userIds } = await within(patienceMs, read());
        for (const userId of userIds) {
          for (const stream of this.streams.of(userId)) stream.write(event, data);
        }
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.isTelling = false;
    }
  }
}
