import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./ask";
import { findPort } from "./postgres";

export type FrontName = "nginx" | "haproxy";

const examples = new URL("../docs/examples/", import.meta.url);
/** For a start or an end, in ms. */
const PATIENCE = 30_000;

/** A load balancer before two instances, with the configuration that the documents show. */
export type Front = {
  /** Without TLS, for the clients of this suite. */
  origin: string;
  /** With TLS and HTTP/2, as browsers come. */
  secureOrigin: string;
  close(): Promise<void>;
};

/** @returns the version that is installed; null when none is */
export function versionOf(name: FrontName): string | null {
  const asked = spawnSync(name, ["-v"], { encoding: "utf8" });
  return /\d+\.\d+\.\d+/.exec(`${asked.stdout}${asked.stderr}`)?.[0] ?? null;
}

/** What has to be another on a machine of tests: ports, certificate, and where its files lie. */
async function makeConfiguration(name: FrontName, targets: number[]) {
  const folder = mkdtempSync(join(tmpdir(), "parley-front-"));
  const [port, securePort] = [await findPort(), await findPort()];
  makeCertificate(folder);
  const file = { nginx: "nginx.conf", haproxy: "haproxy.cfg" }[name];
  const example = readFileSync(new URL(file, examples), "utf8");
  const here = name === "nginx" ? nginxHere : haproxyHere;
  const changes: [string, string][] = [
    ...here(folder, port, securePort),
    ...targets.map((target, at): [string, string] => [
      `127.0.0.1:${3001 + at}`,
      `127.0.0.1:${target}`,
    ]),
  ];
  const text = changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`${file} says nothing of ${from}`);
    return changed.replaceAll(from, to);
  }, example);
  const path = join(folder, file);
  writeFileSync(path, text);
  return { folder, path, port, securePort };
}

/** Has the program check the example. @returns what it complains about */
export async function complaintsAbout(name: FrontName): Promise<string> {
  const { folder, path } = await makeConfiguration(name, [3001, 3002]);
  try {
    const args = name === "nginx" ? ["-t", ...nginxArgs(folder, path)] : ["-c", "-f", path];
    const { status, stdout, stderr } = spawnSync(name, args, { encoding: "utf8" });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts it before the instances; it ends with `close`. */
export async function startFront(name: FrontName, targets: number[]): Promise<Front> {
  const { folder, path, port, securePort } = await makeConfiguration(name, targets);
  const args = name === "nginx" ? nginxArgs(folder, path) : ["-db", "-f", path];
  const child = spawn(name, args, { stdio: "ignore" });
  const ended = whenEnded(child);
  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + PATIENCE;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} does not start`);
    await sleep(50);
  }
  return {
    origin,
    secureOrigin: `https://127.0.0.1:${securePort}`,
    async close() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nginxHere(folder: string, port: number, securePort: number): [string, string][] {
  for (const name of ["body", "proxy", "fastcgi", "uwsgi", "scgi"]) mkdirSync(join(folder, name));
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name.replace("client_", ""))};`,
  );
  return [
    ["http {\n", `http {\n  access_log off;\n  ${paths.join("\n  ")}\n`],
    [
      "listen 443 ssl http2;",
      `listen 127.0.0.1:${port};\n    listen 127.0.0.1:${securePort} ssl http2;`,
    ],
    ["/etc/ssl/chat.example.com.", join(folder, "chat.")],
  ];
}

function nginxArgs(folder: string, path: string): string[] {
  const user = process.getuid?.() === 0 ? "user root; " : "";
  const global = `${user}daemon off; pid ${join(folder, "pid")}; error_log ${join(folder, "errors")};`;
  return ["-p", folder, "-c", path, "-g", global];
}

function haproxyHere(folder: string, port: number, securePort: number): [string, string][] {
  return [
    ["  bind :443", `  bind 127.0.0.1:${port}\n  bind 127.0.0.1:${securePort}`],
    ["/etc/ssl/chat.example.com.pem", join(folder, "chat.both.pem")],
  ];
}

/** One that signs itself: nothing here asks who it is. */
function makeCertificate(folder: string): void {
  const [certificate, key] = [join(folder, "chat.pem"), join(folder, "chat.key")];
  const subject = ["-subj", "/CN=chat.example.com", "-days", "2", "-nodes"];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject, ...files], {
    stdio: "ignore",
  });
  const both = readFileSync(certificate, "utf8") + readFileSync(key, "utf8");
  writeFileSync(join(folder, "chat.both.pem"), both, { mode: 0o600 });
}

async function answers(origin: string): Promise<boolean> {
  const asked = ask(origin, { method: "GET", path: "/healthz", timeoutMs: 2_000 });
  return await asked.then(
    ({ status }) => status > 0,
    () => false,
  );
}

function whenEnded(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}
