import { EventEmitter } from "node:events";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { GatheredMetrics, type Member, type MetricsMessage } from "./gathered-metrics.server";

/** A web process with a registry of its own, on the other end of a channel. */
class Web extends EventEmitter implements Member {
  readonly registry = new Registry();
  readonly sent = new Counter({ name: "sent_total", help: "-", registers: [this.registry] });
  readonly open = new Gauge({ name: "open", help: "-", registers: [this.registry] });
  readonly took = new Histogram({
    name: "took_seconds",
    help: "-",
    buckets: [1],
    registers: [this.registry],
  });
  readonly gathered: string[] = [];
  hangs = false;

  async send(message: MetricsMessage) {
    if (message.type === "metrics-gathered") this.gathered.push(message.text);
    if (message.type !== "metrics-asked" || this.hangs) return;
    const metrics = await this.registry.getMetricsAsJSON();
    // As it comes over a channel.
    const told = JSON.parse(JSON.stringify({ type: "metrics-told", id: message.id, metrics }));
    this.emit("message", told);
  }
}

function start({ patience = 10_000 } = {}) {
  const own = new Registry();
  new Counter({ name: "crashes_total", help: "-", registers: [own] }).inc(7);
  const all = new GatheredMetrics(own, patience);
  const [one, two] = [new Web(), new Web()];
  for (const web of [one, two]) {
    web.sent.inc(3);
    web.open.set(2);
    web.took.observe(0.5);
    all.add(web);
  }
  const values = async () =>
    (await all.text()).split("\n").filter((line) => line && !line.startsWith("#"));
  return { all, one, two, values };
}

test("metrics of all web processes are added up, the first one's own with them", async () => {
  const { values } = start();
  expect(await values()).toEqual([
    "crashes_total 7",
    "sent_total 6",
    "open 4",
    'took_seconds_bucket{le="1"} 2',
    'took_seconds_bucket{le="+Inf"} 2',
    "took_seconds_sum 1",
    "took_seconds_count 2",
  ]);
});

test("what only grows never shrinks when processes end, and what is open now does", async () => {
  const { one, two, all, values } = start();
  await values();
  one.emit("exit");
  expect(await values()).toEqual(
    expect.arrayContaining(["sent_total 6", "open 2", "took_seconds_count 2"]),
  );
  two.emit("exit");
  const next = new Web();
  next.sent.inc();
  all.add(next);
  expect(await values()).toEqual(
    expect.arrayContaining(["sent_total 7", "open 0", "took_seconds_count 2"]),
  );
});

test("a process that hangs is counted as it was, and holds nobody up for long", async () => {
  const { one, values } = start({ patience: 200 });
  await values();
  one.sent.inc();
  one.hangs = true;
  expect(await values()).toContain("sent_total 6");
  one.hangs = false;
  expect(await values()).toContain("sent_total 7");
});

test("whichever web process is asked, it gets all of them", async () => {
  const { two } = start();
  two.emit("message", { type: "metrics-wanted", id: 5 });
  await expect.poll(() => two.gathered.join("")).toContain("sent_total 6");
});
