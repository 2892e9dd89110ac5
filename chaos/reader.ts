import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import type { Lineage, Received, Shown } from "./history";
import type { Loaded } from "./page";
import { type EventData, Screen } from "./screen";

/** Two heartbeats and a little: nobody is there any more. In ms. */
const DEAD = 35_000;

type Options = {
  name: string;
  userId: string;
  /** Instances, by their proxies: the stream is opened on the next one each time. */
  origins: string[];
  headers: Record<string, string>;
  load: (origin: string) => Promise<Loaded>;
};

/** A client that keeps its pages live: loads them, opens the stream, resumes it after every cut. */
export class Reader {
  readonly lineages: Lineage[] = [];
  /** When an event came, in ms of `performance.now`. */
  readonly heardAt: number[] = [];
  resumes = 0;
  resyncs = 0;
  readonly refusals: string[] = [];
  private readonly screen: Screen;
  private epoch: string | undefined;
  private last: string | undefined;
  private turn: number;
  private isStopped = false;
  private cut = () => {};
  private running: Promise<void> | undefined;

  constructor(
    private readonly options: Options,
    turn: number,
  ) {
    this.screen = new Screen(options.userId);
    this.turn = turn;
  }

  get name(): string {
    return this.options.name;
  }

  get userId(): string {
    return this.options.userId;
  }

  /** Resolves when the pages are loaded and the stream is being opened. */
  async start(): Promise<void> {
    await this.load(true);
    this.running = this.keepOpen();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cut();
    await this.running;
  }

  show(): Shown[] {
    return this.screen.show();
  }

  private get origin(): string {
    return this.options.origins[this.turn % this.options.origins.length] ?? "";
  }

  private async load(isFirst: boolean): Promise<void> {
    for (;;) {
      try {
        const loaded = await this.options.load(this.origin);
        this.screen.load(loaded);
        if (!isFirst) return;
        this.last = loaded.cursor;
        const seqs = loaded.chats.map(({ chat, messages }) => [chat.id, messages.length]);
        this.lineages.push({ loaded: Object.fromEntries(seqs), events: [] });
        return;
      } catch (error) {
        if (this.isStopped) return;
        if (isFirst) throw error;
        this.turn += 1;
        await sleep(200);
      }
    }
  }

  private async keepOpen(): Promise<void> {
    while (!this.isStopped) {
      await this.read().catch(() => {});
      if (this.isStopped) return;
      this.turn += 1;
      this.resumes += 1;
      await sleep(50 + Math.random() * 300);
    }
  }

  /** One connection, to its end. */
  private async read(): Promise<void> {
    const response = await this.open();
    if (response.statusCode !== 200) {
      // The database is away, or too many are coming: nothing to do but to try again.
      if ((response.statusCode ?? 0) < 429) this.refusals.push(`${response.statusCode}`);
      response.destroy();
      return;
    }
    const parser = createParser({
      onEvent: ({ event = "", id, data }) => this.take(event, id, JSON.parse(data)),
    });
    response.setEncoding("utf8");
    await new Promise<void>((resolve) => {
      const dead = setTimeout(() => response.destroy(), DEAD);
      response.on("data", (text: string) => {
        dead.refresh();
        if (!this.isStopped) parser.feed(text);
      });
      response.on("error", () => {});
      response.on("close", () => {
        clearTimeout(dead);
        resolve();
      });
    });
  }

  private open(): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { ...this.options.headers, ...(this.last && { "Last-Event-ID": this.last }) };
      const request = get(`${this.origin}/events`, { headers, agent: false }, resolve);
      request.setTimeout(DEAD, () => request.destroy(new Error("No answer")));
      request.on("error", reject);
      this.cut = () => request.destroy();
    });
  }

  private take(event: string, id: string | undefined, data: EventData & { epoch?: string }): void {
    if (id) this.last = id;
    if (event === "hello") {
      const isOther = this.epoch !== undefined && this.epoch !== data.epoch;
      this.epoch = data.epoch;
      if (isOther) this.startOver();
    } else if (event === "resync") this.startOver();
    else {
      this.record(event, id, data);
      this.screen.take(event, data);
    }
  }

  private record(event: string, id: string | undefined, data: EventData): void {
    if (!/^(message|chat)\.(created|updated)$/.test(event)) return;
    const at = performance.now();
    this.heardAt.push(at);
    const { chatId, version, message } = data;
    const received: Received = { at, event, id: id ?? "", chatId, version, message };
    this.lineages.at(-1)?.events.push(received);
  }

  /** Everything is read anew; the stream goes on meanwhile, as in the client. */
  private startOver(): void {
    this.resyncs += 1;
    this.lineages.push({ loaded: null, events: [] });
    this.screen.reset();
    void this.load(false);
  }
}
