import { randomUUID } from "node:crypto";
import type { Person } from "./plan.ts";

/** A send, with the moments of its life in ms; NaN for what did not happen. */
export type Sent = {
  clientId: string;
  to: string;
  due: number;
  started: number;
  answered: number;
  /** When the other party's stream brought it. */
  delivered: number;
};

/** What a run sent. A client id holds the message's number, so that no event has to be looked up. */
export class SentMessages {
  readonly all: Sent[] = [];
  /** Sends of an earlier run over the same chats are not ours. */
  private readonly suffix = randomUUID().slice(8);

  get acknowledged(): Sent[] {
    return this.all.filter(({ answered }) => !Number.isNaN(answered));
  }

  begin(due: number, to: Person, started: number): Sent {
    const clientId = this.all.length.toString(16).padStart(8, "0") + this.suffix;
    const sent = { clientId, to: to.id, due, started, answered: Number.NaN, delivered: Number.NaN };
    this.all.push(sent);
    return sent;
  }

  arrived(clientId: string, reader: Person, at: number): void {
    const sent = this.all[Number.parseInt(clientId.slice(0, 8), 16)];
    if (sent?.clientId === clientId && sent.to === reader.id && Number.isNaN(sent.delivered)) {
      sent.delivered = at;
    }
  }
}
