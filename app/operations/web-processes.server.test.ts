import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { listenFailure } from "./web-process.server";
import { WebProcesses } from "./web-processes.server";

const log = { warn() {} };

/** Web processes that run `script`, and the children that were forked so far. */
async function supervise(script: string, { count = 1, patience = 5000 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "parley-web-"));
  const path = join(folder, "web.mjs");
  writeFileSync(
    path,
    `process.on("message", () => {}); const ready = () => process.send({ type: "ready", address: "a" });\n${script}`,
  );
  const children: ChildProcess[] = [];
  const web = new WebProcesses({
    count,
    patience,
    log,
    fork: () => {
      const child = fork(path, { execArgv: [] });
      children.push(child);
      return child;
    },
  });
  onTestFinished(async () => {
    await web.stop();
    await rm(folder, { recursive: true });
  });
  return { web, children };
}

test("it is ready when all of them are", async () => {
  const { web, children } = await supervise("ready();", { count: 2 });
  expect(await web.start()).toBe("a");
  expect(children).toHaveLength(2);
});

test("a first start that fails says why and is not tried again", async () => {
  const { web, children } = await supervise(
    `process.send({ type: "failed", message: "PORT 1 is in use" }, () => process.exit(1));`,
  );
  await expect(web.start()).rejects.toThrow("PORT 1 is in use");
  expect(children).toHaveLength(1);
});

test("a crashed one is replaced", async () => {
  const { web, children } = await supervise("ready();");
  await web.start();
  children[0]?.kill("SIGKILL");
  await vi.waitUntil(() => children[1]?.connected, 10_000);
});

test("stopping lets them finish", async () => {
  const { web, children } = await supervise(
    `process.on("SIGTERM", () => setTimeout(() => process.exit(7), 100)); ready();`,
  );
  await web.start();
  await web.stop();
  expect(children.map((child) => child.exitCode)).toEqual([7]);
});

test("one that does not stop in time is killed, and none comes back", async () => {
  const { web, children } = await supervise(`process.on("SIGTERM", () => {}); ready();`, {
    patience: 100,
  });
  await web.start();
  await web.stop();
  expect(children.map((child) => child.signalCode)).toEqual(["SIGKILL"]);
});

test("a port in use is one line that names PORT", () => {
  const busy = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });
  const line = listenFailure(busy, { host: "127.0.0.1", port: 3000 });
  expect(line).toMatchObject({
    message: expect.stringMatching(/^PORT 3000 is in use on 127\.0\.0\.1 .*for example PORT=3001$/),
  });
});
