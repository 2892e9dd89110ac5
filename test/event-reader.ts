import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { expect } from "vitest";

export type Received = { event: string; id?: string; data: Record<string, unknown> };

/** A client of `/events`, or of one stream: reads frames as they come and keeps all of them. */
export class EventReader<Source extends Readable = IncomingMessage> {
  readonly status: number | undefined;
  readonly events: Received[] = [];
  /** Everything was received, or the connection is gone. */
  closed = false;
  private text = "";

  constructor(readonly response: Source) {
    this.status = "statusCode" in response ? Number(response.statusCode) : undefined;
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => this.read(chunk));
    response.on("error", () => {});
    response.on("close", () => {
      this.closed = true;
    });
  }

  /** The id that a browser would resume after. */
  get lastId(): string | undefined {
    return this.events.findLast(({ id }) => id)?.id;
  }

  /** Changes, as `chat version event`, in the order of their arrival. */
  get changes(): string[] {
    return this.events.filter(isChange).map(nameOf);
  }

  /** Where the stream began: the id of its hello. */
  async start(): Promise<string> {
    await expect.poll(() => this.events.length, { timeout: 10_000 }).toBeGreaterThan(0);
    return this.events[0]?.id ?? "";
  }

  named(...events: string[]): Received[] {
    return this.events.filter(({ event }) => events.includes(event));
  }

  /** Waits until the reader has so many changes; more than that fails too. */
  async changed(count: number): Promise<string[]> {
    await expect.poll(() => this.changes.length, { timeout: 10_000 }).toBe(count);
    return this.changes;
  }

  cut(): void {
    this.response.destroy();
  }

  private read(chunk: string): void {
    this.text += chunk;
    const frames = this.text.split("\n\n");
    this.text = frames.pop() ?? "";
    for (const frame of frames) {
      if (frame.startsWith(":")) continue;
      const fields = new Map(
        frame.split("\n").map((line): [string, string] => {
          const [, name, value] = /^(\w+): (.*)$/s.exec(line) ?? [];
          if (!name) throw new Error(`Not a line of an event: ${line}`);
          return [name, value ?? ""];
        }),
      );
      const data = JSON.parse(fields.get("data") ?? "null");
      this.events.push({ event: fields.get("event") ?? "", id: fields.get("id"), data });
    }
  }
}

export function isChange({ event }: Received): boolean {
  return /^(message|chat)\.(created|updated)$/.test(event);
}

export function nameOf({ event, data }: Received): string {
  return `${data.chatId} ${data.version} ${event}`;
}
