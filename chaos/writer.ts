import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome, Revision, Send } from "./history";
import type { Random } from "./random";

export type Fields = Record<string, string>;

/**
 * What came of one try: done; refused for good; not now, come again in so many ms; surely not done;
 * or nobody knows.
 */
export type Tried =
  | { kind: "done"; message?: { id: string; seq: number } }
  | { kind: "refused"; status: number }
  | { kind: "later"; ms: number }
  | { kind: "not-done" }
  | { kind: "unknown" };

export type Submit = (instance: number, chatId: string, fields: Fields) => Promise<Tried>;

type Options = {
  name: string;
  userId: string;
  chatIds: string[];
  /** The first to be asked; a repeat goes to any of them. */
  instances: number;
  submit: Submit;
  random: Random;
  /** When what got no answer is repeated, in ms. */
  repeatAfter: () => number;
};

/** How often of a hundred a writer does what is not a plain send. */
const OFTEN = { read: 10, revise: 12, refused: 2, neverRepeated: 10 };
/** Between two of a writer's doings, in ms. */
const PAUSE = { least: 20, more: 120 };
/** A writer who was told to stop finishes what he is at, but not for ever. In ms. */
const PATIENCE = 30_000;

/** A person who writes, one thing after the other, and repeats what got no answer. */
export class Writer {
  readonly sends: Send[] = [];
  readonly revisions: Revision[] = [];
  private readonly revised = new Set<string>();
  private stoppedAt: number | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: Options) {}

  get chatIds(): string[] {
    return this.options.chatIds;
  }

  start(): void {
    this.running = this.write();
  }

  stop(): Promise<void> {
    this.stoppedAt ??= performance.now();
    return this.running ?? Promise.resolve();
  }

  private async write(): Promise<void> {
    const { below, oneOf } = this.options.random;
    while (this.stoppedAt === undefined) {
      const chatId = oneOf(this.options.chatIds);
      const what = below(100);
      if (what < OFTEN.read) await this.markRead(chatId);
      else if (what < OFTEN.read + OFTEN.revise) await this.revise();
      else if (what < OFTEN.read + OFTEN.revise + OFTEN.refused) {
        const bad = await this.send(chatId, { replyTo: "999999999" });
        bad.isBad = true;
      } else await this.send(chatId);
      await sleep(PAUSE.least + below(PAUSE.more));
    }
  }

  /** Sends a message; `at` says how often at once, to all instances in turn. */
  async send(chatId: string, more: Fields = {}, atOnce = 1): Promise<Send> {
    const { name, userId } = this.options;
    const send: Send = {
      ...begun(chatId, userId),
      body: `${name} says ${this.sends.length + 1} (${newWord()})`,
      clientId: randomUUID(),
      answers: [],
    };
    this.sends.push(send);
    const fields = { intent: "send", clientId: send.clientId, body: send.body, ...more };
    const onDone = (message: { id: string; seq: number }, instance: number) => {
      send.answers.push(message);
      send.instance = instance;
    };
    const all = Array.from({ length: atOnce }, () => this.insist(send, fields, onDone));
    conclude(send, await Promise.all(all));
    return send;
  }

  /** Edits or unsends a message of his own that was not changed before. */
  private async revise(): Promise<void> {
    const { name, userId, random } = this.options;
    const own = this.sends.slice(-20).filter((send) => {
      const [answer] = send.answers;
      return answer && !this.revised.has(send.clientId);
    });
    if (!own.length) return;
    const send = random.oneOf(own);
    this.revised.add(send.clientId);
    const [{ seq } = { seq: 0 }] = send.answers;
    const what = random.below(3) ? "edit" : "unsend";
    const body = `${name} corrects ${seq} (${newWord()})`;
    const revision: Revision = { ...begun(send.chatId, userId), body, seq, what };
    this.revisions.push(revision);
    const said: Fields = what === "edit" ? { body } : {};
    conclude(revision, [await this.insist(revision, { intent: what, seq: String(seq), ...said })]);
  }

  private async markRead(chatId: string): Promise<void> {
    const seq = Math.max(0, ...this.sends.flatMap((send) => send.answers.map((one) => one.seq)));
    if (!seq) return;
    const instance = this.options.random.below(this.options.instances);
    await this.options.submit(instance, chatId, { intent: "read", seq: String(seq) });
  }

  /** Asks until there is an answer, on any instance; some of the time never again. */
  private async insist(
    asked: Send | Revision,
    fields: Fields,
    onDone: (message: { id: string; seq: number }, instance: number) => void = () => {},
  ): Promise<Outcome> {
    const { submit, instances, random, repeatAfter } = this.options;
    const repeats = random.below(100) >= OFTEN.neverRepeated;
    let outcome: Outcome = "failed";
    for (;;) {
      const instance = random.below(instances);
      asked.tries += 1;
      const tried = await submit(instance, asked.chatId, fields);
      if (tried.kind === "done") {
        if (tried.message) onDone(tried.message, instance);
        outcome = "ok";
      }
      if (tried.kind === "unknown") outcome = "unknown";
      if (tried.kind === "refused") asked.refusedWith = tried.status;
      const isOver = tried.kind === "done" || tried.kind === "refused";
      const gaveUp = !repeats && outcome === "unknown";
      if (isOver || gaveUp || this.isLate()) break;
      await sleep(tried.kind === "later" ? tried.ms : repeatAfter());
    }
    return outcome;
  }

  private isLate(): boolean {
    return this.stoppedAt !== undefined && performance.now() > this.stoppedAt + PATIENCE;
  }
}

/** Of many at once one success is enough. */
function conclude(asked: Send | Revision, outcomes: Outcome[]): void {
  asked.endedAt = performance.now();
  asked.outcome = (["ok", "unknown"] as const).find((one) => outcomes.includes(one)) ?? "failed";
}

function begun(chatId: string, userId: string) {
  const outcome = "unknown" as const;
  return { chatId, userId, outcome, tries: 0, startedAt: performance.now(), endedAt: Infinity };
}

const consonants = "bcdfghjkmnpqrtvw";

/** In letters and without vowels: digits may look like a phone number, and words like words. */
function newWord(): string {
  return randomUUID().replace(/[^-]/g, (digit) => consonants[Number.parseInt(digit, 16)] ?? "");
}
