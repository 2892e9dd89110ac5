import type { Quantiles } from "../statistics.ts";

/** How a server is spoken to: the form and `/events` of Parley, the floor's own, or Socket.IO. */
export type Protocol = "parley" | "floor" | "socket-io";

export type Person = { id: string; token: string };
export type Chat = { id: string; buyer: Person; seller: Person };

/** `closed`: so many sends at a time; `open`: so many a second, whatever becomes of them. */
export type Load = { kind: "closed"; inFlight: number } | { kind: "open"; perSecond: number };

/** Streams that a client opens and keeps until it is told to end. */
export type Idle = Pick<Plan, "protocol" | "origins" | "chats">;

/** What the load client is told. */
export type Plan = {
  protocol: Protocol;
  /** Buyers use the first, sellers the last. */
  origins: string[];
  databaseUrl: string;
  /** Each has two streams, its buyer's and its seller's; messages go to `activeChats` of them. */
  chats: Chat[];
  activeChats: number;
  load: Load;
  warmUpMs: number;
  measureMs: number;
  /** Whose CPU is counted while it sends; with all processes below them. */
  serverPids: number[];
  postgresPids: number[];
};

/** What it tells in the end. Times in ms. */
export type LoadResult = {
  /** Acknowledged in the measured time, a second. */
  perSecond: number;
  acknowledged: number;
  /** Answered with anything else than success. */
  failed: number;
  /** Were due, and had not been sent when time was up. */
  unsent: number;
  /** From when a send was due to its answer, and to the other party's stream. */
  answer: Quantiles;
  delivery: Quantiles;
  /** How late the client itself was with sends that were due. */
  lateness: Quantiles;
  /** Acknowledged and not in the database. */
  vanished: number;
  /** In the database and not on a stream that should have it. */
  lost: number;
  doubled: number;
  disordered: number;
  /** Seconds of CPU while it sent, without what opening the streams took. */
  serverCpu: number;
  postgresCpu: number;
  /** Seconds of CPU that the client used for each second. */
  clientCpu: number;
};

export type Faults = Pick<LoadResult, "vanished" | "lost" | "doubled" | "disordered">;

export function countFaults({ vanished, lost, doubled, disordered }: Faults): number {
  return vanished + lost + doubled + disordered;
}
