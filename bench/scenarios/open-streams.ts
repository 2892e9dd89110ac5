import type { Bench, Scenario } from "../bench.ts";
import { type Contender, contenders, floorOfBatches, parley, socketIo } from "../contenders.ts";
import { type Aim, type Figure, figure, medianOf, ratioAim, short } from "../figures.ts";
import { holdStreams } from "../load-client.ts";
import { seedMarket } from "../market.ts";
import { residentBytes } from "../memory.ts";
import { measureMessaging, nameOf } from "../messaging.ts";

const scenario = "open-streams";
const load = { kind: "open", perSecond: 500 } as const;
const memory = "kB a stream";
/** Of 500 streams: every chat has two. */
const fewChats = 250;
/** What Socket.IO took where the aim was set. */
const aimedBytes = 18_000;

export const openStreams: Scenario = {
  name: scenario,
  title: "Many open streams: memory of an idle one, and delivery between 500 of them",
  run: async (bench) => {
    const manyChats = bench.isQuick ? 500 : 2_500;
    const few = await measureMessaging(bench, {
      scenario: `${scenario}, ${2 * fewChats}`,
      loads: [load],
      contenders: measured,
    });
    const many = await measureMessaging(bench, {
      scenario: `${scenario}, ${2 * manyChats}`,
      loads: [load],
      contenders: measured,
      chats: manyChats,
      activeChats: fewChats,
    });
    const held = await measureMemory(bench, manyChats);
    const p99 = (figures: Figure[]) =>
      medianOf(figures, { contender: parley.name, at: nameOf(load), name: "p99 ms" });
    return {
      figures: [
        ...held,
        ...few.figures.map((one) => ({ ...one, at: `${2 * fewChats} streams, ${one.at}` })),
        ...many.figures.map((one) => ({ ...one, at: `${2 * manyChats} streams, ${one.at}` })),
      ],
      aims: [
        memoryAim(held),
        ratioAim(
          scenario,
          `delivery p99 with ${2 * manyChats} streams at most 1.5 times that with ${2 * fewChats}`,
          [p99(many.figures), p99(few.figures)],
          { atMost: 1.5 },
        ),
      ],
      broken: [...few.broken, ...many.broken],
    };
  },
};

/** One floor: with idle streams both are the same. */
const measured = contenders.filter((one) => [parley, socketIo, floorOfBatches].includes(one));

/** Resident memory with few streams and with many more, the difference by the number of those. */
async function measureMemory(bench: Bench, manyChats: number): Promise<Figure[]> {
  const runs = new Map<Contender, number[]>(measured.map((contender) => [contender, []]));
  for (let run = 1; run <= bench.runs; run++) {
    for (const contender of measured) {
      const bytes = await bytesOfStream(bench, contender, manyChats);
      bench.say(
        `${scenario}, run ${run}, ${contender.name}: ${short(bytes / 1000)} kB of memory a stream`,
      );
      runs.get(contender)?.push(bytes / 1000);
    }
  }
  return measured.map((contender) =>
    figure({
      scenario,
      contender: contender.name,
      at: `${2 * manyChats} idle streams`,
      name: memory,
      runs: runs.get(contender) ?? [],
    }),
  );
}

async function bytesOfStream(bench: Bench, contender: Contender, manyChats: number) {
  const database = await bench.postgres.makeDatabase();
  const chats = await seedMarket(database.url, manyChats);
  const server = await contender.start(database.url, bench.folder);
  const hold = (some: typeof chats) =>
    holdStreams({ protocol: contender.protocol, origins: [server.origin], chats: some });
  const closings: (() => Promise<void>)[] = [];
  try {
    closings.push(await hold(chats.slice(0, fewChats)));
    const before = await residentBytes(server);
    closings.push(await hold(chats.slice(fewChats)));
    const after = await residentBytes(server);
    return (after - before) / (2 * (manyChats - fewChats));
  } finally {
    for (const close of closings) await close();
    await server.stop();
    await database.drop();
  }
}

function memoryAim(held: Figure[]): Aim {
  const of = ({ name }: Contender) => held.find(({ contender }) => contender === name)?.median;
  const [ours = Number.NaN, theirs = Number.NaN] = [of(parley), of(socketIo)];
  return {
    scenario,
    aim: `memory of an idle stream at most ${aimedBytes / 1000} kB, and no more than Socket.IO's`,
    measured: `${short(ours)} kB (Socket.IO ${short(theirs)} kB)`,
    met: Number.isNaN(ours) ? null : ours <= aimedBytes / 1000 && ours <= theirs,
  };
}
