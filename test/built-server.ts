import { type ChildProcess, spawn } from "node:child_process";
import { type Agent, type IncomingMessage, request } from "node:http";
import { createInterface } from "node:readline";
import { onTestFinished, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { environment } from "~/operations/environment.server";
import { pinnedNode, root } from "../scripts/machine.mjs";
import { build } from "../scripts/setup.mjs";
import { databaseUrl } from "./database";
import { EventReader } from "./event-reader";

/** A machine that builds or runs other tests meanwhile is slow. In ms. */
const patience = 100_000;

type Line = Record<string, unknown> & { msg?: string; pid?: number };

/** A program of this repository over the database of this test file. Ended when the test is. */
async function startProgram(args: string[], variables: Record<string, string>) {
  await build();
  const child = spawn(pinnedNode(), args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      SESSION_SECRET: environment().sessionSecret,
      HOST: "127.0.0.1",
      PORT: "0",
      DEMO: "0",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const pipe of [child.stdout, child.stderr]) {
    createInterface({ input: pipe }).on("line", (line) => void output.push(line));
  }
  const ended = whenEnded(child);
  onTestFinished(async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
    await ended;
    clearTimeout(late);
  }, patience);

  const lines = () => output.filter((line) => line.startsWith("{")).map(parse);
  const said = (msg: string) => lines().filter((line) => line.msg === msg);
  /** @throws what it said when it ended instead */
  async function says(msg: string): Promise<Line> {
    await vi.waitUntil(() => said(msg).length > 0 || child.exitCode !== null, patience);
    const [line] = said(msg);
    if (!line) throw new Error(`The program did not start: ${output.join("\n")}`);
    return line;
  }
  /** @returns what it exited with; in ms how long that took */
  async function stop() {
    const startedAt = performance.now();
    child.kill("SIGTERM");
    return { code: await ended, ms: performance.now() - startedAt };
  }
  return { child, output, said, says, stop };
}

/** What `npm run worker` runs when all is set up. */
export async function startBuiltWorker(variables: Record<string, string> = {}) {
  const worker = await startProgram(["build/server/worker.js"], variables);
  await worker.says("jobs are done here");
  return worker;
}

/** What `npm run retention` runs when all is set up. */
export const startBuiltRetention = (args: string[], variables?: Record<string, string>) =>
  startBuiltCommand("retention", args, variables);

/** What a command of the operator runs when all is set up, by the name of what is built of it. */
export async function startBuiltCommand(
  name: string,
  args: string[],
  variables: Record<string, string> = {},
) {
  const { child, output } = await startProgram([`build/server/${name}.js`, ...args], variables);
  // All that it said has come, too.
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, output, ended };
}

/**
 * The whole program as operators run it, over the database of this test file: the first process and
 * its web processes.
 */
export async function startBuiltServer(variables: Record<string, string> = {}) {
  const program = await startProgram(["build/server/index.js"], variables);
  const { says, ...server } = program;
  const ready = await says("ready");
  const address = String(ready.address);
  const { hostname, port } = new URL(address);

  /** A request with the cookie of a session, from a page of ours. */
  async function ask(path: string, { cookie = "", form, headers, agent }: Ask = {}) {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const body = form && new URLSearchParams(form).toString();
    request(
      {
        hostname,
        port,
        path,
        agent,
        method: form ? "POST" : "GET",
        headers: {
          cookie,
          ...(form && {
            origin: `http://${hostname}:${port}`,
            "content-type": "application/x-www-form-urlencoded",
          }),
          ...headers,
        },
      },
      resolve,
    )
      .on("error", reject)
      .end(body);
    return promise;
  }

  return {
    ...server,
    address,
    ask,
    openStream: async (cookie: string) => {
      const response = await ask("/events", { cookie, agent: false });
      const reader = new EventReader(response);
      onTestFinished(() => reader.cut());
      return reader;
    },
  };
}

type Ask = {
  cookie?: string;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  agent?: Agent | false;
};

/** @returns the `Cookie` header of a new session */
export async function signIn(db: Db, user: Pick<Viewer, "id">): Promise<string> {
  const { token } = await createSession(db, user.id);
  return `session=${token}`;
}

function parse(line: string): Line {
  return JSON.parse(line) as Line;
}

function whenEnded(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}
