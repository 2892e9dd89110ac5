import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parentOf, processesBelow } from "./process-tree.ts";
import type { ServerProcess } from "./server-process.ts";

/** What a process that was just asked to collect its garbage may still be giving back. */
const settleMs = 1_500;

/**
 * Bytes of memory that a server's process holds once its garbage is collected: resident memory, as
 * the system counts it. The collection is asked for by the debugger that every Node has, so that
 * nothing in the server has to be made for it.
 *
 * @throws where there is no /proc
 */
export async function residentBytes(server: ServerProcess): Promise<number> {
  const pid = answeringProcess(server.pid);
  const url = await openDebugger(server, pid);
  for (let times = 0; times < 2; times++) {
    await collectGarbage(url);
    await sleep(settleMs);
  }
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Parley's first process answers nobody: its child does. */
function answeringProcess(pid: number): number {
  return processesBelow([pid]).find((one) => parentOf(one) === pid) ?? pid;
}

async function openDebugger(server: ServerProcess, pid: number): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const [url] = server.output().match(/ws:\/\/\S+/) ?? [];
    if (url) return url;
    if (tries === 0) process.kill(pid, "SIGUSR1");
    await sleep(50);
  }
  throw new Error("A server opened no debugger, so its garbage cannot be collected");
}

async function collectGarbage(url: string): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener("error", () => reject(new Error(`${url} does not answer`)));
    socket.addEventListener("message", resolve);
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ id: 1, method: "HeapProfiler.collectGarbage" }));
    });
  });
  socket.close();
}
