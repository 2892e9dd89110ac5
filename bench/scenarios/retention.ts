import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Bench, Scenario } from "../bench.ts";
import { parley } from "../contenders.ts";
import { type Aim, type Figure, figure, medianOf, ratioAim } from "../figures.ts";
import { countFaults, type LoadResult, type Plan } from "../load/plan.ts";
import { runLoad } from "../load-client.ts";
import { type Longest, watchLongest } from "../longest.ts";
import { seedMarket } from "../market.ts";
import { loads } from "../messaging.ts";
import { addOldChats } from "../old-chats.ts";
import { type Sizes, sizesOf, sizesOfFreshCopy } from "../table-sizes.ts";

const scenario = "retention";
const messagesOfChat = 100;
const senders = 250;
const megabyte = 1_000_000;
const none = "200/s alone";
const phases = ["archive", "delete", "compact"] as const;
type Phase = (typeof phases)[number];
const at = (phase: Phase) => `200/s, ${phase}`;

export const retention: Scenario = {
  name: scenario,
  title: "Archiving and deleting old chats, and giving their room back, while 200 sends/s go on",
  run: async (bench) => {
    // It takes many minutes and many loads: one run is enough.
    const measured = await measure(bench, bench.isQuick ? 120 : 10_000);
    const figures = figuresOf(measured);
    return { figures, aims: aimsOf(figures), broken: measured.broken };
  },
};

type Work = { seconds: number; messages: number; sends: LoadResult[]; longest: Longest };

type Measured = {
  alone: LoadResult;
  work: Record<Phase, Work>;
  before: Sizes;
  after: Sizes;
  fresh: Sizes;
  broken: string[];
};

async function measure(bench: Bench, due: number): Promise<Measured> {
  const database = await bench.postgres.makeDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const chats = await seedMarket(database.url, senders);
  await addOldChats(database.url, { due, messagesOfChat, say: bench.say });
  await bench.postgres.checkpoint();
  const server = await parley.start(database.url, bench.folder);
  const plan: Plan = {
    protocol: parley.protocol,
    origins: [server.origin],
    databaseUrl: database.url,
    chats,
    activeChats: senders,
    load: loads.calm,
    ...bench.duration,
    serverPids: [server.pid],
    postgresPids: [bench.postgres.pid()],
  };
  const broken: string[] = [];
  /** Sends go on until it is over. */
  const during = async (
    phase: Phase,
    begin: () => Promise<unknown>,
    isOver: () => Promise<boolean>,
  ) => {
    const stop = watchLongest(database.url);
    await begin();
    const begun = performance.now();
    const sends: LoadResult[] = [];
    let [isEnded, endedAt] = [false, 0];
    const ended = until(isOver).finally(() => {
      [isEnded, endedAt] = [true, performance.now()];
    });
    ended.catch(() => {});
    while (!isEnded) {
      const result = await runLoad(plan);
      sends.push(result);
      bench.say(`${phase}, ${secondsSince(begun)} s: send p99 ${result.answer.p99.toFixed(1)} ms`);
      if (countFaults(result)) broken.push(`${scenario}, ${phase}: ${countFaults(result)} faults`);
    }
    await ended;
    return { sends, longest: await stop(), seconds: (endedAt - begun) / 1000, messages: 0 };
  };
  const run = async (phase: "archive" | "delete") => {
    const work = await during(
      phase,
      () => sql`select graphile_worker.add_job('retention', '{}'::json)`,
      async () =>
        (await sql`select from retention_runs where state <> 'running'`).length >
        (phase === "archive" ? 0 : 1),
    );
    const [row] = await sql<Run[]>`
      select state, archived, deleted, failed, messages::int as messages,
        extract(epoch from finished_at - started_at)::float8 as seconds
      from retention_runs order by started_at desc limit 1`;
    if (!row) throw new Error("No run of retention began");
    const done = phase === "archive" ? row.archived : row.deleted;
    if (row.state !== "done" || row.failed || done !== due) {
      broken.push(`${scenario}, ${phase}: ${JSON.stringify(row)} of ${due} chats`);
    }
    bench.say(`${phase}: ${row.messages} messages in ${row.seconds.toFixed(1)} s`);
    return { ...work, messages: row.messages, seconds: row.seconds };
  };
  try {
    const alone = await runLoad(plan);
    const archive = await run("archive");
    await sql`update chats set archived_at = archived_at - interval '25 months'
      where status = 'archived'`;
    const removal = await run("delete");
    const before = await sizesOf(database.url);
    const compact = await during(
      "compact",
      () => sql`
        select graphile_worker.add_job('compact', '{"place":null}'::json, job_key => 'compact',
          queue_name => 'compact', run_at => now())`,
      async () =>
        (await sql`select from graphile_worker.jobs where task_identifier = 'compact'`).length ===
        0,
    );
    const [after, fresh] = [await sizesOf(database.url), await sizesOfFreshCopy(database.url)];
    return { alone, work: { archive, delete: removal, compact }, before, after, fresh, broken };
  } finally {
    await server.stop();
    await sql.end();
    await database.drop();
  }
}

type Run = {
  state: string;
  archived: number;
  deleted: number;
  failed: number;
  messages: number;
  seconds: number;
};

const secondsSince = (begun: number) => ((performance.now() - begun) / 1000).toFixed(0);

async function until(isOver: () => Promise<boolean>): Promise<void> {
  while (!(await isOver())) await sleep(250);
}

function figuresOf({ alone, work, before, after, fresh }: Measured): Figure[] {
  const of = (at: string, name: string, ...runs: number[]) =>
    figure({ scenario, contender: parley.name, at, name, runs });
  const sizes = (at: string, { tables, indexes }: Sizes) => [
    of(at, "tables MB", tables / megabyte),
    of(at, "indexes MB", indexes / megabyte),
  ];
  return [
    of(none, "send p99 ms", alone.answer.p99),
    ...phases.flatMap((phase) => {
      const { sends, seconds, messages, longest } = work[phase];
      const p99s = sends.map(({ answer }) => answer.p99);
      return [
        of(at(phase), "send p99 ms", ...p99s),
        of(at(phase), "worst p99 ms", Math.max(...p99s)),
        ...(messages ? [of(at(phase), "messages/s", messages / seconds)] : []),
        of(at(phase), "seconds", seconds),
        of(at(phase), "longest transaction ms", longest.transaction),
        of(at(phase), "longest wait for a lock ms", longest.wait),
      ];
    }),
    ...sizes("before compaction", before),
    ...sizes("after compaction", after),
    ...sizes("fresh copy", fresh),
  ];
}

function aimsOf(figures: Figure[]): Aim[] {
  const of = (at: string, name: string) => medianOf(figures, { contender: parley.name, at, name });
  const p99s = phases.map((phase) => of(at(phase), "send p99 ms"));
  const size = (name: string) =>
    ratioAim(
      scenario,
      `${name} at most 1.3 times a fresh copy`,
      [of("after compaction", `${name} MB`), of("fresh copy", `${name} MB`)],
      { atMost: 1.3 },
    );
  return [
    ratioAim(
      scenario,
      "send p99 while it goes on at most 2 times that without",
      [Math.max(...p99s), of(none, "send p99 ms")],
      { atMost: 2 },
    ),
    size("tables"),
    size("indexes"),
  ];
}
