import { AggregatorRegistry, type Registry } from "prom-client";

/** What `Registry.getMetricsAsJSON` gives. */
export type Metrics = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** Between the first process and its web processes. */
export type MetricsMessage =
  /** A web process asks for the metrics of all of them. */
  | { type: "metrics-wanted"; id: number }
  /** The first process asks each for its own. */
  | { type: "metrics-asked"; id: number }
  | { type: "metrics-told"; id: number; metrics: Metrics }
  /** All together, in the text format of Prometheus. */
  | { type: "metrics-gathered"; id: number; text: string };

/** A web process, as the first process sees it. */
export type Member = {
  send(message: MetricsMessage): unknown;
  on(event: "message", listener: (message: MetricsMessage) => void): unknown;
  once(event: "exit", listener: () => void): unknown;
};

/** A scrape waits no longer for a process that hangs. */
const patienceMs = 2_000;

/**
 * Adds up the metrics of the web processes of one start, on behalf of the one that was asked. What
 * only grows never shrinks here: a process that ended stays in the sums with what it said last, and
 * so does one that does not answer in time. Otherwise each crash would look like a rush.
 */
export class GatheredMetrics {
  readonly #latest = new Map<Member, Metrics>();
  readonly #waiting = new Map<number, { members: Set<Member>; done: () => void }>();
  #ended: Metrics = [];
  #rounds = 0;

  /** @param own the first process's */
  constructor(
    private readonly own: Registry,
    private readonly patience = patienceMs,
  ) {}

  add(member: Member): void {
    this.#latest.set(member, []);
    member.on("message", (message) => {
      if (message?.type === "metrics-told") this.#note(member, message);
      else if (message?.type === "metrics-wanted") void this.#answer(member, message.id);
    });
    member.once("exit", () => this.#remove(member));
  }

  /** @returns all metrics in the text format of Prometheus */
  async text(): Promise<string> {
    await this.#ask();
    const all = [await this.own.getMetricsAsJSON(), this.#ended, ...this.#latest.values()];
    return await AggregatorRegistry.aggregate(all).metrics();
  }

  async #answer(member: Member, id: number): Promise<void> {
    const text = await this.text();
    if (this.#latest.has(member)) member.send({ type: "metrics-gathered", id, text });
  }

  async #ask(): Promise<void> {
    const members = new Set(this.#latest.keys());
    if (members.size === 0) return;
    const id = ++this.#rounds;
    const { promise, resolve: done } = Promise.withResolvers<void>();
    this.#waiting.set(id, { members, done });
    const late = setTimeout(done, this.patience);
    for (const member of [...members]) member.send({ type: "metrics-asked", id });
    await promise;
    clearTimeout(late);
    this.#waiting.delete(id);
  }

  #note(member: Member, { id, metrics }: { id: number; metrics: Metrics }): void {
    this.#latest.set(member, metrics);
    this.#settle(member, id);
  }

  #settle(member: Member, id: number): void {
    const round = this.#waiting.get(id);
    round?.members.delete(member);
    if (round?.members.size === 0) round.done();
  }

  #remove(member: Member): void {
    const last = this.#latest.get(member) ?? [];
    this.#latest.delete(member);
    this.#ended = growing([this.#ended, last]);
    for (const id of this.#waiting.keys()) this.#settle(member, id);
  }
}

/** One set of what several said, without what is only true while a process runs. */
function growing(several: Metrics[]): Metrics {
  const kept = several.map((metrics) =>
    metrics.filter(({ type }) => ["counter", "histogram", "summary"].includes(String(type))),
  );
  // What `aggregate` makes carries its values, which its type leaves out.
  return AggregatorRegistry.aggregate(kept).getMetricsAsArray() as Metrics;
}
