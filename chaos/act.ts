import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./faults/fault";
import type { Violation } from "./history";
import type { Random } from "./random";
import { type Stage, setStage } from "./stage";
import type { World } from "./world";

/** For what has to come true some time, on a machine that does much else; in ms. */
const PATIENCE = 60_000;

export type Result = {
  fault: string;
  what: string;
  ok: number;
  failed: number;
  unknown: number;
  /** Sends that were asked more than once. */
  repeated: number;
  /** Edits and unsends that were acknowledged. */
  changes: number;
  resumes: number;
  resyncs: number;
  /** The longest time in which a reader heard nothing while people wrote. */
  silenceSeconds: number;
  /** From healing until each instance had taken a new message, and each reader had heard one. */
  recoverySeconds: number | null;
  seconds: number;
  violations: Violation[];
};

/** Runs one fault with people of its own, heals it, and checks what is left. */
export async function act(world: World, fault: Fault, random: Random, isShort: boolean) {
  const startedAt = performance.now();
  await world.configure(fault.settings ?? {});
  const stage = await setStage(world, random);
  const { readers, writers, broken } = stage;
  let recovered: number | null = null;
  let [from, to] = [startedAt, startedAt];
  let violations: Violation[];
  try {
    await Promise.all(readers.map((reader) => reader.start()));
    from = performance.now();
    for (const writer of writers) writer.start();
    await until(() => readers.every((reader) => reader.heardAt.length > 2));
    await fault.run({ world, stage, random, isShort });
    world.setWeather({});
    const healedAt = performance.now();
    await until(() => recovery(stage, healedAt) !== null);
    recovered = recovery(stage, healedAt);
    if (recovered === null) broken.push({ rule: "it does not recover", detail: fault.name });
    await sleep(isShort ? 500 : 1_500);
    to = performance.now();
    await Promise.all(writers.map((writer) => writer.stop()));
    violations = await stage.settle(isShort ? PATIENCE : PATIENCE / 2);
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations = [...broken, { rule: "the run could not go on", detail }];
  } finally {
    world.setWeather({});
    await Promise.all([...writers, ...readers].map((one) => one.stop()));
  }
  return summarise(stage, fault, { from, to, startedAt, recovered, violations });
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!isTrue() && performance.now() < deadline) await sleep(25);
}

/** In ms; null as long as it has not recovered. */
function recovery({ readers, writers, world }: Stage, healedAt: number): number | null {
  const fresh = writers
    .flatMap(({ sends }) => sends)
    .filter((send) => send.startedAt >= healedAt && send.outcome === "ok");
  const clientIds = new Set(fresh.map(({ clientId }) => clientId));
  const times = [
    ...world.instances.map((_, at) => fresh.find(({ instance }) => instance === at)?.endedAt),
    ...readers.map(
      ({ lineages }) =>
        lineages.at(-1)?.events.find(({ message }) => clientIds.has(message?.clientId ?? ""))?.at,
    ),
  ];
  const latest = Math.max(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(latest) ? latest - healedAt : null;
}

type Course = {
  from: number;
  to: number;
  startedAt: number;
  recovered: number | null;
  violations: Violation[];
};

function summarise({ readers, writers }: Stage, { name, what }: Fault, course: Course): Result {
  const { from, to, startedAt, recovered, violations } = course;
  const sends = writers.flatMap((writer) => writer.sends);
  const count = (outcome: string) => sends.filter((send) => send.outcome === outcome).length;
  const gaps = readers.flatMap(({ heardAt }) => {
    const times = [from, ...heardAt.filter((time) => time > from && time < to), to];
    return times.slice(1).map((time, at) => time - (times[at] ?? time));
  });
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    fault: name,
    what,
    ok: count("ok"),
    failed: count("failed"),
    unknown: count("unknown"),
    repeated: sends.filter(({ tries }) => tries > 1).length,
    changes: sum(
      writers.map(({ revisions }) => revisions.filter(({ outcome }) => outcome === "ok").length),
    ),
    resumes: sum(readers.map(({ resumes }) => resumes)),
    resyncs: sum(readers.map(({ resyncs }) => resyncs)),
    silenceSeconds: Math.max(0, ...gaps) / 1_000,
    recoverySeconds: recovered === null ? null : recovered / 1_000,
    seconds: (performance.now() - startedAt) / 1_000,
    violations,
  };
}
