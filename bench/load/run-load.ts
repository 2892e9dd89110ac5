import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { cpuSeconds } from "../cpu.ts";
import { quantiles } from "../statistics.ts";
import { nowMs } from "./clock.ts";
import { openStreams, transportOf } from "./open-streams.ts";
import type { LoadResult, Plan } from "./plan.ts";
import { Readers } from "./readers.ts";
import { type Sent, SentMessages } from "./sent-messages.ts";
import type { Transport } from "./transport.ts";
import { readTruth } from "./truth.ts";

/** What has not come after this is lost. */
const patienceMs = 30_000;

/** Opens the streams, sends, waits until all is delivered and compares with the database. */
export async function runLoad(plan: Plan): Promise<LoadResult> {
  const transport = transportOf(plan);
  const before = await readTruth(plan);
  const sent = new SentMessages();
  const readers = new Readers(before.lastSeqs, (person, { clientId }) =>
    sent.arrived(clientId, person, nowMs()),
  );
  await openStreams(plan, (chat, person) =>
    transport.openStream(person, readers.reader(chat, person)),
  );

  const countCpu = cpuCounter(plan);
  const startAt = nowMs() + 50;
  const measured = { from: startAt + plan.warmUpMs, to: startAt + plan.warmUpMs + plan.measureMs };
  const send = sender(plan, transport, sent);
  const unsent = await (plan.load.kind === "closed"
    ? sendClosed(send, plan.load.inFlight, measured.to)
    : sendOpen(send, plan.load.perSecond, startAt, measured.to));
  const cpu = countCpu();

  const after = await settled(plan, readers);
  transport.close();
  const inTime = sent.all.filter(({ due }) => due >= measured.from && due < measured.to);
  const answeredInTime = sent.all.filter(
    ({ answered }) => answered >= measured.from && answered < measured.to,
  );
  return {
    perSecond: answeredInTime.length / (plan.measureMs / 1000),
    acknowledged: sent.acknowledged.length,
    failed: sent.all.length - sent.acknowledged.length,
    unsent: unsent.length,
    // What could not even be sent took at least as long as it waited.
    answer: quantiles(waits(inTime, ({ answered }) => answered, unsent, measured.to)),
    delivery: quantiles(waits(inTime, ({ delivered }) => delivered, unsent, measured.to)),
    lateness: quantiles(inTime.map(({ due, started }) => started - due)),
    vanished: sent.acknowledged.filter(({ clientId }) => !after.clientIds.has(clientId)).length,
    ...readers.faults(after.lastSeqs),
    ...cpu,
  };
}

/** @returns tells what was used since */
function cpuCounter({ serverPids, postgresPids }: Plan) {
  const read = () => ({
    at: nowMs(),
    client: process.cpuUsage(),
    server: cpuSeconds(serverPids),
    postgres: cpuSeconds(postgresPids),
  });
  const before = read();
  return () => {
    const now = read();
    const client = now.client.user + now.client.system - before.client.user - before.client.system;
    return {
      serverCpu: now.server - before.server,
      postgresCpu: now.postgres - before.postgres,
      clientCpu: client / 1000 / (now.at - before.at),
    };
  };
}

function waits(sent: Sent[], at: (sent: Sent) => number, unsent: number[], end: number): number[] {
  const done = sent.map((one) => at(one) - one.due).filter((ms) => !Number.isNaN(ms));
  return [...done, ...unsent.map((due) => end - due)];
}

/** Sends from one side of a chat, both by turns that look random and are the same in each run. */
function sender(plan: Plan, transport: Transport, sent: SentMessages) {
  let state = 1;
  const below = (end: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * end);
  };
  return async (due: number) => {
    const chat = plan.chats[below(plan.activeChats)];
    if (!chat) throw new Error("A plan without chats");
    const [from, to] = below(2) ? [chat.buyer, chat.seller] : [chat.seller, chat.buyer];
    const message = sent.begin(due, to, nowMs());
    const { clientId } = message;
    const body = `Is it still there, and may I come and see it on Saturday at ${wordOf(clientId)}?`;
    try {
      const ok = await transport.send({ chat, sender: from, clientId, body });
      if (ok) message.answered = nowMs();
    } catch {
      // The connection went: whether it is stored is unknown.
    }
  };
}

type Send = (due: number) => Promise<void>;

async function sendClosed(send: Send, inFlight: number, end: number): Promise<number[]> {
  const one = async () => {
    for (let now = nowMs(); now < end; now = nowMs()) await send(now);
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return [];
}

/** @returns when those were due that the server left no room for until the end */
async function sendOpen(send: Send, perSecond: number, startAt: number, end: number) {
  const everyMs = 1000 / perSecond;
  const count = Math.floor((end - startAt) / everyMs);
  const underway = new Set<Promise<void>>();
  const waiting: number[] = [];
  const begin = (due: number) => {
    const one = send(due).finally(() => {
      underway.delete(one);
      const next = nowMs() < end ? waiting.shift() : undefined;
      if (next !== undefined) begin(next);
    });
    underway.add(one);
  };
  const pacer = new Worker(new URL("./pacer.ts", import.meta.url), {
    workerData: { startAt, count, everyMs },
  });
  pacer.on("message", (due: number) => {
    if (underway.size < mostUnderway) begin(due);
    else waiting.push(due);
  });
  await new Promise((resolve, reject) => pacer.once("exit", resolve).once("error", reject));
  while (underway.size) await Promise.all(underway);
  return waiting;
}

/** Sends that wait for their answers; a client with more than that would measure itself. */
const mostUnderway = 512;

/** Waits until every stream has what the database has, or patience ends. */
async function settled(plan: Plan, readers: Readers) {
  const truth = await readTruth(plan);
  const deadline = nowMs() + patienceMs;
  while (readers.faults(truth.lastSeqs).lost > 0 && nowMs() < deadline) await sleep(50);
  // A message that comes twice may come late.
  await sleep(250);
  return truth;
}

const consonants = "bcdfghjkmnpqrtvw";

/** In letters and without vowels, because digits may look like a phone number, and words like words. */
function wordOf(id: string): string {
  return id.slice(0, 8).replace(/./g, (digit) => consonants[Number.parseInt(digit, 16)] ?? "");
}
