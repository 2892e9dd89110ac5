import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "~/db/client.server";
import { act } from "./act";
import type { Fault } from "./faults/fault";
import { type FrontName, startFront, versionOf } from "./front";
import { measureLateness } from "./lateness";
import { endWith } from "./main";
import { makeMarket } from "./market";
import { seededRandom } from "./random";
import { describeViolations, tableHead, tableRow } from "./report";
import { makeWorld, type World } from "./world";

const usage = "npm run proxies -- [nginx] [haproxy] [--seconds NUMBER]\n";

/** An event through a load balancer may take so much longer, in ms. */
const LATEST = 100;
/** A trial that hangs has failed: what it may take beside its restarts, in ms. */
const LONGEST = 600_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/**
 * Tries the load balancers of docs/operating.md: are events late behind them, and does a rolling
 * restart of both instances under load break the promise?
 *
 * @returns the exit status: 0 when all is well, 2 when there is nothing to try
 */
export async function main(args: string[]): Promise<number> {
  const seconds = Number(args[args.indexOf("--seconds") + 1] ?? 60) || 60;
  const all: FrontName[] = ["nginx", "haproxy"];
  const named = all.filter((name) => args.includes(name));
  const chosen = (named.length ? named : all).filter((name) => {
    if (versionOf(name)) return true;
    say(`${name} is not installed`);
    return false;
  });
  if (chosen.length === 0) {
    say(usage);
    return 2;
  }
  let isWell = true;
  for (const name of chosen) isWell = (await tryFront(name, seconds)) && isWell;
  return isWell ? 0 : 1;
}

async function tryFront(name: FrontName, seconds: number): Promise<boolean> {
  say(`${name} ${versionOf(name)}, two instances`);
  const world = await makeWorld();
  const ports = world.instances.map(({ port }) => port);
  const front = await startFront(name, ports).catch(async (error) => {
    await world.close();
    throw error;
  });
  const close = async () => {
    await front.close();
    await world.close();
  };
  const stopWatching = endWith({ close }, LONGEST + seconds * 1_000);
  const settings = {
    PUBLIC_URL: front.origin,
    TRUST_PROXY: "1",
    SHUTDOWN_GRACE_SECONDS: name === "haproxy" ? "2" : "1",
  };
  try {
    // The first to start migrates.
    for (const instance of world.instances) await instance.start(settings);
    const direct = `http://127.0.0.1:${world.instances[0]?.port}`;
    const late = await measureLateness({ ...front, direct }, await twoPeople(world));
    say(
      `  stream over ${late.protocol}, ${late.streamEncoding} (pages ${late.pageEncoding}): events ${milliseconds(late.behind)} after the start of their send; without the load balancer ${milliseconds(late.direct)}`,
    );
    const restarts: number[] = [];
    const fault = rollingRestart(seconds, settings, restarts);
    const behind = { ...world, origins: world.origins.map(() => front.origin) };
    const result = await act(behind, fault, seededRandom(seconds), false);
    say(`${tableHead()}\n${tableRow(result)}`);
    say(
      `  ${restarts.length} restarts, ${(result.ok / result.seconds).toFixed(0)} sends/s, longest stop ${(Math.max(...restarts) / 1000).toFixed(1)} s`,
    );
    if (result.violations.length) say(describeViolations(result));
    return result.violations.length === 0 && late.behind.p50 <= late.direct.p50 + LATEST;
  } finally {
    stopWatching();
    await close();
  }
}

function rollingRestart(seconds: number, settings: Record<string, string>, stops: number[]): Fault {
  return {
    name: "rolling restart",
    what: "both instances, in turn, again and again",
    async run({ world }) {
      const end = Date.now() + seconds * 1000;
      while (Date.now() < end) {
        for (const instance of world.instances) {
          stops.push(await instance.stop());
          await instance.start(settings);
          await sleep(2_000);
        }
      }
    },
  };
}

const milliseconds = ({ p50, most }: { p50: number; most: number }) =>
  `${p50.toFixed(1)} ms (median of 50, at most ${most.toFixed(1)} ms)`;

async function twoPeople({ database }: World) {
  const { db, close } = connect(database.url, { max: 1 });
  const [seller, , buyer] = await makeMarket(db).finally(close);
  if (!seller || !buyer) throw new Error("The market is empty");
  return [buyer, seller] as [typeof buyer, typeof seller];
}
