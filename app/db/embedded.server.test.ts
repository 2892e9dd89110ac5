import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded.server";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const running = new Set<EmbeddedPostgres>();

function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "parley-embedded-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(dataDir: string, { durable = false } = {}) {
  const server = await startEmbeddedPostgres({ dataDir, log: silent, durable });
  running.add(server);
  return server;
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

afterEach(async () => {
  for (const server of running) await server.stop();
  running.clear();
});

test("data survives a stop and a start, on the same port, in a folder that only its owner may enter", async () => {
  const closed = makeFolder();
  chmodSync(closed, 0o700);
  const dataDir = join(closed, "below", ".data");
  const first = await start(dataDir);
  await query(first.url, "create table kept as select 'ä' as word");
  await first.stop();
  running.clear();
  expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);

  const second = await start(dataDir);
  expect(await query(second.url, "select word from kept")).toEqual([{ word: "ä" }]);
  expect(second.url).toBe(first.url);
});

test("text is UTF-8, pages have checksums, order does not depend on the machine", async () => {
  const { url } = await start(makeFolder());
  const [row] = await query(
    url,
    `select current_setting('server_encoding') encoding, current_setting('data_checksums') checksums,
      datlocprovider provider, datlocale locale from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({ encoding: "UTF8", checksums: "on", provider: "b", locale: "C.UTF-8" });
});

test("only who knows the password gets in, and only the owner may read the password", async () => {
  const dataDir = makeFolder();
  const { url } = await start(dataDir);
  const wrong = new URL(url);
  wrong.password = "guess";
  await expect(query(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(dataDir, "postgres.password")).mode & 0o777).toBe(0o600);
});

test("a half-made cluster is made again", async () => {
  const dataDir = makeFolder();
  const stop = new AbortController();
  const interrupted = startEmbeddedPostgres({
    dataDir,
    log: silent,
    durable: false,
    signal: stop.signal,
  });
  const outcome = expect(interrupted).rejects.toThrow();
  await vi.waitUntil(() => existsSync(join(dataDir, "postgres.unfinished", "data", "base")), 5000);
  stop.abort();
  await outcome;
  expect(existsSync(join(dataDir, "postgres"))).toBe(false);

  const { url } = await start(dataDir);
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a second start on the same folder names the first one's process, and leaves it alone", async () => {
  const dataDir = makeFolder();
  const first = await start(dataDir);
  await expect(start(dataDir)).rejects.toThrow(
    new RegExp(`another Parley \\(process ${process.pid}\\) is running on this DATA_DIR`),
  );
  expect(await query(first.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a killed PostgreSQL is started again on the same address, with all that was committed", async () => {
  const server = await start(makeFolder(), { durable: true });
  await query(server.url, "create table kept as select 1 as one");
  const before = server.pid;
  process.kill(before, "SIGKILL");
  await vi.waitUntil(() => server.pid !== before, 15_000);
  expect(await query(server.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a process that merely has the recorded id of an old postmaster is not touched", async () => {
  const dataDir = makeFolder();
  await (await start(dataDir)).stop();
  running.clear();
  const bystander = spawn("sleep", ["60"]);
  onTestFinished(() => void bystander.kill());
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  writeFileSync(pidFile, `${bystander.pid}\n/proc/self/cwd\n1\n1\n\nlocalhost\n1 1\nready\n`);
  await start(dataDir);
  expect(Number.parseInt(readFileSync(pidFile, "utf8"), 10)).not.toBe(bystander.pid);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
});

test("a port that was taken meanwhile is exchanged for another", async () => {
  const dataDir = makeFolder();
  const first = await start(dataDir);
  await first.stop();
  running.clear();
  const taken = Number(new URL(first.url).port);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(taken, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const second = await start(dataDir);
  expect(Number(new URL(second.url).port)).not.toBe(taken);
});
