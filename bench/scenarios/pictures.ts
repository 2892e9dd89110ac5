import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Scenario } from "../bench.ts";
import { parley } from "../contenders.ts";
import { type Figure, figure, medianOf, ratioAim } from "../figures.ts";
import { countFaults, type LoadResult, type Plan } from "../load/plan.ts";
import type { UploadResult } from "../load/uploads.ts";
import { runLoad, startUploads } from "../load-client.ts";
import { seedMarket } from "../market.ts";
import { loads, nameOf } from "../messaging.ts";
import { memoryOf, watchMemory } from "../peak-memory.ts";
import { makePhoto } from "../photo.ts";
import { quantiles } from "../statistics.ts";

const scenario = "pictures";
const atOnce = 8;
const senders = 250;
const megabyte = 1_000_000;
const places = {
  alone: "one at a time",
  together: `${atOnce} at once`,
  sends: nameOf(loads.calm),
  both: `${nameOf(loads.calm)}, ${atOnce} uploads`,
};

export const pictures: Scenario = {
  name: scenario,
  title: "Photos of 12 MB from a phone, and what sends notice of them",
  run: async (bench) => {
    const photo = await makePhoto(bench.folder);
    bench.say(`The photo has ${(statSync(photo).size / megabyte).toFixed(1)} MB`);
    const runs: Run[] = [];
    for (let run = 1; run <= bench.runs; run++) {
      const measured = await measure(bench, photo);
      runs.push(measured);
      bench.say(`${scenario}, run ${run}: ${summary(measured)}`);
    }
    const figures = figuresOf(runs);
    const send = (at: string) =>
      medianOf(figures, { contender: parley.name, at, name: "send p99 ms" });
    const text = `send p99 with ${atOnce} uploads at most 2 times that without`;
    return {
      figures,
      aims: [ratioAim(scenario, text, [send(places.both), send(places.sends)], { atMost: 2 })],
      broken: runs.flatMap(({ both }, index) =>
        countFaults(both) ? [`${scenario}, run ${index + 1}: ${countFaults(both)} faults`] : [],
      ),
    };
  },
};

type Run = {
  alone: UploadResult;
  together: UploadResult;
  /** Bytes, of all processes. */
  memory: { before: number; most: number };
  sends: LoadResult;
  both: LoadResult;
};

async function measure(bench: Bench, photo: string): Promise<Run> {
  const database = await bench.postgres.makeDatabase();
  const chats = await seedMarket(database.url, senders + atOnce);
  await bench.postgres.checkpoint();
  const server = await parley.start(database.url, bench.folder);
  const start = (count: number) =>
    startUploads({ origin: server.origin, chats: chats.slice(senders, senders + count), photo });
  const uploadFor = async (count: number) => {
    const stop = start(count);
    await sleep(bench.duration.measureMs * 2);
    return await stop();
  };
  const plan: Plan = {
    protocol: parley.protocol,
    origins: [server.origin],
    databaseUrl: database.url,
    // Pictures go to chats of their own: the load checks every message of those that it knows.
    chats: chats.slice(0, senders),
    activeChats: senders,
    load: loads.calm,
    ...bench.duration,
    serverPids: [server.pid],
    postgresPids: [bench.postgres.pid()],
  };
  try {
    const sends = await runLoad(plan);
    const before = memoryOf(server.pid);
    const alone = await uploadFor(1);
    const stopWatching = watchMemory(server.pid);
    const together = await uploadFor(atOnce);
    const most = stopWatching();
    const stop = start(atOnce);
    const both = await runLoad(plan);
    await stop();
    return { alone, together, memory: { before, most }, sends, both };
  } finally {
    await server.stop();
    await database.drop();
  }
}

function figuresOf(runs: Run[]): Figure[] {
  const of = (at: string, name: string, read: (run: Run) => number) =>
    figure({ scenario, contender: parley.name, at, name, runs: runs.map(read) });
  const uploads = (at: string, read: (run: Run) => UploadResult) => [
    of(at, "pictures/s", (run) => read(run).times.length / read(run).seconds),
    of(at, "picture p50 ms", (run) => quantiles(read(run).times).p50),
    of(at, "picture p99 ms", (run) => quantiles(read(run).times).p99),
  ];
  const sends = (at: string, read: (run: Run) => LoadResult) => [
    of(at, "send p50 ms", (run) => read(run).answer.p50),
    of(at, "send p99 ms", (run) => read(run).answer.p99),
  ];
  return [
    ...uploads(places.alone, ({ alone }) => alone),
    ...uploads(places.together, ({ together }) => together),
    of(places.sends, "memory MB", ({ memory }) => memory.before / megabyte),
    of(places.together, "memory MB", ({ memory }) => memory.most / megabyte),
    ...sends(places.sends, ({ sends }) => sends),
    ...sends(places.both, ({ both }) => both),
  ];
}

function summary({ alone, together, memory, sends, both }: Run): string {
  const ms = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  const rate = ({ times, seconds }: UploadResult) =>
    `${(times.length / seconds).toFixed(2)} pictures/s, p99 ${ms(quantiles(times).p99)} ms`;
  return [
    `${places.alone} ${rate(alone)}`,
    `${places.together} ${rate(together)}, at most ${(memory.most / megabyte).toFixed(0)} MB`,
    `sends p99 ${ms(sends.answer.p99)} ms, with uploads ${ms(both.answer.p99)} ms`,
  ].join("; ");
}
