import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Protocol } from "./load/plan.ts";
import { sessionSecret } from "./market.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export type Contender = {
  name: string;
  protocol: Protocol;
  start(databaseUrl: string, folder: string): Promise<ServerProcess>;
};

/** Parley as it runs in production; the load of a benchmark comes from few users. */
export const parley: Contender = {
  name: "Parley",
  protocol: "parley",
  start: async (databaseUrl, folder) => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const env = {
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      SESSION_SECRET: sessionSecret,
      HOST: "127.0.0.1",
      PORT: String(port),
      WEB_PROCESSES: "1",
      LIMIT_SENDS_PER_SECOND: "10000",
      LIMIT_SEND_BURST: "10000",
      LIMIT_SENDS_PER_MINUTE: "100000",
      LIMIT_UPLOADS_PER_HOUR: "100000",
    };
    const args = [await debuggerPort(), "build/server/index.js"];
    return startServer({ args, env, folder, ready: () => answers(`${origin}/readyz`, origin) });
  },
};

export const socketIo = peer("Socket.IO", "socket-io", "socket-io.ts", {});
export const floorOfOnes = peer("floor, a NOTIFY a message", "floor", "floor.ts", {});
export const floorOfBatches = peer("floor, batches", "floor", "floor.ts", { FLOOR: "batches" });

/** A Remix page of one line, to compare pages with; `build` is what `buildEmptyRemix` returned. */
export function emptyRemix(build: string): Contender {
  return peer("empty Remix", "floor", "empty-remix-server.ts", { EMPTY_REMIX: build });
}

export const contenders = [parley, socketIo, floorOfOnes, floorOfBatches];

function peer(
  name: string,
  protocol: Protocol,
  file: string,
  settings: Record<string, string>,
): Contender {
  return {
    name,
    protocol,
    start: async (databaseUrl, folder) => {
      const env = { DATABASE_URL: databaseUrl, SESSION_SECRET: sessionSecret, ...settings };
      const args = [await debuggerPort(), `bench/peers/${file}`];
      return startServer({ args, env, folder, ready: tellsItsPort });
    },
  };
}

/** Where the debugger listens if it is asked for, so that servers do not quarrel over one port. */
async function debuggerPort(): Promise<string> {
  return `--inspect-port=${await freePort()}`;
}

async function tellsItsPort(child: ChildProcess): Promise<string> {
  const [{ port }] = await once(child, "message");
  return `http://127.0.0.1:${port}`;
}

async function answers(url: string, origin: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return origin;
    await sleep(100);
  }
  throw new Error(`${url} did not answer within a minute`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || !address) throw new Error("No free port on 127.0.0.1");
  return address.port;
}
