import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTranscript } from "~/moderation/transcripts/make.server";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { renderTranscript } from "~/moderation/transcripts/render.server";
import { listPublicKeys, signingKey } from "~/moderation/transcripts/signing-keys.server";
import type { Storage } from "~/storage/storage";
import { db } from "./database";
import { makeChat } from "./factories";
import { say } from "./sending";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "parley-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [whole, changed, keys, otherKeys] = ["a.html", "b.html", "keys.json", "other.json"].map(
  (name) => join(folder, name),
) as [string, string, string, string];

beforeAll(async () => {
  const { id, buyer } = await makeChat(db);
  await say(db, buyer, id, "I pay 100");
  const rows = await readTranscriptRows(db, id);
  if (!rows) throw new Error("There is no such chat");
  const making = {
    exportedAt: "2025-03-01T12:00:00.000Z",
    exportedBy: null,
    caseId: null,
    operator: "https://chat.example.com",
  };
  const key = await signingKey(db, "a session secret, long enough for it");
  const storage = { get: async () => null } as unknown as Storage;
  const transcript = await makeTranscript(rows, making);
  const file = await renderTranscript(transcript, "html", { storage, key, locale: "en" });
  writeFileSync(whole, file);
  // Only where it is shown: the data inside says 100 as before.
  writeFileSync(changed, file.toString().replace(">I pay 100<", ">I pay 900<"));
  writeFileSync(keys, JSON.stringify({ keys: await listPublicKeys(db) }));
  const another = await signingKey(db, "another session secret, long enough");
  writeFileSync(otherKeys, JSON.stringify({ keys: [another] }));
});

function run(program: string, args: string[], cwd = root, env = {}) {
  return new Promise<{ status: number; output: string }>((resolve) => {
    const options = { cwd, env: { ...process.env, ...env } };
    const child = execFile(program, args, options, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

const verify = (...args: string[]) =>
  run(process.execPath, [join(root, "bin", "parley-verify.mjs"), ...args]);

test("the verifier says that a transcript is whole, and by which key", async () => {
  const { status, output } = await verify(whole, "--key", keys);
  expect(output).toContain("whole and unchanged");
  expect(output).toContain("That is one of the keys given.");
  expect(status).toBe(0);
});

test("without a key it says where to compare the fingerprint", async () => {
  const { status, output } = await verify(whole);
  expect(output).toMatch(/fingerprint [0-9a-f]{64}/);
  expect(output).toContain("https://chat.example.com/.well-known/parley-transcript-keys");
  expect(status).toBe(0);
});

test("it names the message that was changed, and fails", async () => {
  const { status, output } = await verify(changed);
  expect(output).toContain("First message that differs: message 2");
  expect(status).toBe(1);
});

test("it does not trust a key that is none of the operator's", async () => {
  const { status, output } = await verify(whole, "--key", otherKeys);
  expect(output).toContain("NOT TRUSTED");
  expect(status).toBe(1);
});

test("what cannot be checked is told apart from what was changed", async () => {
  const wrong = [[], ["no-such-file"], [keys], [whole, "--key", whole], [whole, "--nonsense"]];
  for (const args of wrong) expect((await verify(...args)).status, args.join(" ")).toBe(2);
});

test("npx runs it in the repository without any network", { timeout: 120_000 }, async () => {
  const nowhere = {
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_cache: join(folder, "cache"),
    npm_config_offline: "true",
  };
  const { status, output } = await run("npx", ["parley-verify", changed], root, nowhere);
  expect(output).toContain("First message that differs: message 2");
  expect(status).toBe(1);
});
