import { OrderCheck } from "./order-check.ts";
import type { Chat, Faults, Person } from "./plan.ts";
import type { Incoming } from "./transport.ts";

/** All streams of a run, each with a check for its chat. */
export class Readers {
  private readonly checks: { chatId: string; check: OrderCheck }[] = [];
  private readonly lastSeqs: Map<string, number>;
  private readonly onMessage: (reader: Person, message: Incoming) => void;

  /** @param lastSeqs where the chats stood before any stream was opened */
  constructor(
    lastSeqs: Map<string, number>,
    onMessage: (reader: Person, message: Incoming) => void,
  ) {
    this.lastSeqs = lastSeqs;
    this.onMessage = onMessage;
  }

  /** What a stream calls for each message. */
  reader(chat: Chat, person: Person): (message: Incoming) => void {
    const check = new OrderCheck(this.lastSeqs.get(chat.id) ?? 0);
    this.checks.push({ chatId: chat.id, check });
    return (message) => {
      check.take(message.seq);
      this.onMessage(person, message);
    };
  }

  /** @param lastSeqs where the chats stand now */
  faults(lastSeqs: Map<string, number>): Omit<Faults, "vanished"> {
    const faults = { lost: 0, doubled: 0, disordered: 0 };
    for (const { chatId, check } of this.checks) {
      faults.lost += check.missingUpTo(lastSeqs.get(chatId) ?? 0);
      faults.doubled += check.doubled;
      faults.disordered += check.disordered;
    }
    return faults;
  }
}
