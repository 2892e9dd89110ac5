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

/**
 * The whole program as operators run it, over the database of this test file: the first process and
 * its web processes. Ended when the test is.
 */
export async function startBuiltServer(variables: Record<string, string> = {}) {
  await build();
  const child = spawn(pinnedNode(), ["build/server/index.js"], {
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
  await vi.waitUntil(() => said("ready").length > 0 || child.exitCode !== null, patience);
  const [ready] = said("ready");
  if (!ready) throw new Error(`The server did not start: ${output.join("\n")}`);
  const { hostname, port } = new URL(String(ready.address));

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
    child,
    output,
    said,
    ask,
    /** @returns what it exited with; in ms how long that took */
    stop: async () => {
      const startedAt = performance.now();
      child.kill("SIGTERM");
      return { code: await ended, ms: performance.now() - startedAt };
    },
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
