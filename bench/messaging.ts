import type { Bench } from "./bench.ts";
import { type Contender, contenders, parley } from "./contenders.ts";
import { type Figure, figure } from "./figures.ts";
import { countFaults, type Load, type LoadResult, type Plan } from "./load/plan.ts";
import { runLoad } from "./load-client.ts";
import { seedMarket } from "./market.ts";
import type { ServerProcess } from "./server-process.ts";

export const loads = {
  sends: { kind: "closed", inFlight: 64 },
  calm: { kind: "open", perSecond: 200 },
  busy: { kind: "open", perSecond: 2_000 },
} satisfies Record<string, Load>;

type Setting = {
  scenario: string;
  loads: Load[];
  instances?: number;
  commitDelay?: number;
  /** Two streams each. */
  chats?: number;
  /** Chats that messages go to; the streams of the others are idle. */
  activeChats?: number;
  contenders?: Contender[];
};

/**
 * Every contender under the same loads on the same PostgreSQL, by turns, each time with a fresh
 * server and a fresh database.
 */
export async function measureMessaging(bench: Bench, setting: Setting) {
  const { scenario, contenders: all = contenders } = setting;
  const results = new Map<string, LoadResult[]>();
  const broken: string[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    for (const contender of all) {
      for (const { load, result } of await runContender(bench, setting, contender)) {
        const key = `${contender.name}\n${nameOf(load)}`;
        results.set(key, [...(results.get(key) ?? []), result]);
        const line = `${scenario}, run ${run}, ${contender.name}, ${nameOf(load)}`;
        bench.say(`${line}: ${summary(result)}`);
        if (contender === parley && countFaults(result))
          broken.push(`${line}: ${faultsOf(result)}`);
      }
    }
  }
  const figures = setting.loads.flatMap((load) =>
    all.flatMap((contender) =>
      figuresOf(scenario, contender, load, results.get(`${contender.name}\n${nameOf(load)}`) ?? []),
    ),
  );
  return { figures, broken };
}

async function runContender(bench: Bench, setting: Setting, contender: Contender) {
  const { instances = 1, commitDelay, chats: chatCount = 250 } = setting;
  const database = await bench.postgres.makeDatabase({ commitDelay });
  const servers: ServerProcess[] = [];
  try {
    const chats = await seedMarket(database.url, chatCount);
    await bench.postgres.checkpoint();
    for (let instance = 0; instance < instances; instance++) {
      servers.push(await contender.start(database.url, bench.folder));
    }
    const results: { load: Load; result: LoadResult }[] = [];
    for (const load of setting.loads) {
      const plan: Plan = {
        protocol: contender.protocol,
        origins: servers.map(({ origin }) => origin),
        databaseUrl: database.url,
        chats,
        activeChats: setting.activeChats ?? chatCount,
        load,
        ...bench.duration,
        serverPids: servers.map(({ pid }) => pid),
        postgresPids: [bench.postgres.pid()],
      };
      results.push({ load, result: await runLoad(plan) });
    }
    return results;
  } finally {
    for (const server of servers) await server.stop();
    await database.drop();
  }
}

export function nameOf(load: Load): string {
  return load.kind === "closed"
    ? `${load.inFlight} in flight`
    : `${load.perSecond.toLocaleString("en")}/s`;
}

function figuresOf(
  scenario: string,
  contender: Contender,
  load: Load,
  runs: LoadResult[],
): Figure[] {
  const of = (name: string, read: (result: LoadResult) => number) =>
    figure({ scenario, contender: contender.name, at: nameOf(load), name, runs: runs.map(read) });
  return [
    of("sends/s", (run) => run.perSecond),
    of("p50 ms", (run) => run.delivery.p50),
    of("p99 ms", (run) => run.delivery.p99),
    of("faults", countFaults),
    of("failed", (run) => run.failed),
    of("server CPU µs", (run) => (run.serverCpu / run.acknowledged) * 1e6),
    of("PostgreSQL CPU µs", (run) => (run.postgresCpu / run.acknowledged) * 1e6),
  ];
}

function summary(result: LoadResult): string {
  const { acknowledged, delivery, answer, lateness } = result;
  const each = (seconds: number) => `${((seconds / acknowledged) * 1e6).toFixed(0)} µs`;
  const ms = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  return [
    `${result.perSecond.toFixed(0)} sends/s`,
    `answered p50 ${ms(answer.p50)} p99 ${ms(answer.p99)} ms`,
    `delivered p50 ${ms(delivery.p50)} p99 ${ms(delivery.p99)} max ${ms(delivery.max)} ms`,
    faultsOf(result),
    ...(result.failed ? [`${result.failed} failed`] : []),
    ...(result.unsent ? [`${result.unsent} not sent in time`] : []),
    `CPU a send: server ${each(result.serverCpu)}, PostgreSQL ${each(result.postgresCpu)}`,
    `client ${(result.clientCpu * 100).toFixed(0)} % of a core, late p99 ${ms(lateness.p99)} ms`,
  ].join("; ");
}

function faultsOf({ vanished, lost, doubled, disordered }: LoadResult): string {
  if (!vanished && !lost && !doubled && !disordered) return "no faults";
  return `${vanished} not stored, ${lost} lost, ${doubled} doubled, ${disordered} out of order`;
}
