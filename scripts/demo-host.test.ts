import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runningUrl } from "~/db/embedded/running.server";
import { browserAt } from "~test/form-browser";
import { killGroup, root } from "./machine.mjs";
import { build } from "./setup.mjs";

/** The machine builds and runs other tests meanwhile. In ms. */
const patience = 120_000;
const soon = { timeout: 30_000 };

test(
  "one command starts Parley and the demo host, which know each other, and Ctrl-C ends all of it",
  async () => {
    await build();
    const [port = 0, marketPort = 0] = await freePorts(2);
    const demo = startDemo({ PORT: `${port}`, DEMO_HOST_PORT: `${marketPort}` });
    const url = `http://127.0.0.1:${port}`;
    const market = `http://127.0.0.1:${marketPort}`;
    await demo.says(`The demo host is ready: ${market}\n  Parley is at ${url};`);

    const buyer = browserAt(market);
    await buyer("/sign-in", { person: "demo-host-tomke" });
    const { location } = await buyer("/listings/demo-host-bicycle/message", {});
    expect(location).toContain(`${url}/sso?token=`);
    const landed = await fetch(location, { redirect: "manual" });
    expect(landed.headers.get("Location")).toMatch(/^\/chats\//);
    await expect.poll(async () => (await buyer("/webhooks")).page, soon).toContain("verified");

    const second = startDemo({ PORT: `${port}`, DEMO_HOST_PORT: `${marketPort}` });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`A Parley runs at ${url} already: stop it`);
    expect((await buyer("/")).page).toContain("Green bicycle");
    expect(runningUrl(demo.dataDir)).not.toBeNull();

    // A terminal tells it to the whole group.
    killGroup(demo.child.pid, "SIGINT");
    expect(await demo.ended, demo.output()).toBe(0);
    expect(runningUrl(demo.dataDir)).toBeNull();
    for (const gone of [url, market]) await expect(fetch(gone)).rejects.toThrow("fetch failed");
  },
  patience,
);

test(
  "a port that is none ends the demo with one line before anything is started",
  async () => {
    await build();
    const { ended, output } = startDemo({ DEMO_HOST_PORT: "4000x" });
    expect(await ended).toBe(1);
    expect(output()).toContain(
      "DEMO_HOST_PORT is no port: 4000x; for example DEMO_HOST_PORT=4000\n",
    );
  },
  patience,
);

/** What somebody gets who types it, in a terminal of his own. Ended when the test is. */
function startDemo(variables: Record<string, string>) {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-demo-"));
  const { PATH, HOME } = process.env;
  const child = spawn("npm", ["run", "demo:host"], {
    cwd: root,
    env: { PATH, HOME, NODE_ENV: "production", DATA_DIR: dataDir, ...variables },
    detached: true,
  });
  let output = "";
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.on("data", (part) => {
      output += part;
    });
  }
  const ended = whenAllEnded(child);
  onTestFinished(async () => {
    killGroup(child.pid, "SIGTERM");
    const late = setTimeout(() => killGroup(child.pid, "SIGKILL"), 12_000);
    await ended;
    clearTimeout(late);
    rmSync(dataDir, { recursive: true, force: true });
  }, patience);
  return {
    child,
    dataDir,
    ended,
    output: () => output,
    /** @throws what it said when it ended instead */
    async says(words: string) {
      await vi.waitUntil(() => output.includes(words) || child.exitCode !== null, {
        timeout: 100_000,
      });
      if (!output.includes(words)) throw new Error(`The demo did not start: ${output}`);
    },
  };
}

/** What it wrote to is open for as long as any process lives that it started. @returns its exit status */
async function whenAllEnded(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  const [code] = await once(child, "close");
  return code;
}

/**
 * Below those that the system gives to whoever asks for any, so that nobody takes one between this
 * and the start.
 */
async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let port = 20_000 + ((process.pid * count) % 10_000); found.length < count; port += 1) {
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
