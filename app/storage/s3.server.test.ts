import { buffer } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { StartupError } from "~/operations/startup-error.server";
import { makeBucket, s3Server } from "~test/storages";
import { startUnreliableNetwork } from "~test/unreliable-network";
import { s3Storage } from "./s3.server";
import { checkStorageAtStart } from "./startup.server";
import { StorageError, type StorageTrouble } from "./storage";

/** For what has to run out of it. */
const patienceMs = 4_000;
/** Far less than for ever; the machine may be busy. */
const boundMs = 15_000;

/** A bucket behind a network that can be broken, and the same bucket without it. */
async function makeUnreliableStorage(patience: { patienceMs?: number } = {}) {
  const settings = await makeBucket();
  const network = await startUnreliableNetwork(settings.endpoint ?? "");
  const storage = s3Storage({ ...settings, endpoint: network.endpoint, ...patience });
  return { network, storage, straight: s3Storage(settings) };
}

async function expectTrouble(trouble: StorageTrouble, work: () => Promise<unknown>) {
  const startedAt = performance.now();
  const error = await work().then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ trouble });
  expect(performance.now() - startedAt).toBeLessThan(boundMs);
  return error as StorageError;
}

const object = (storage: ReturnType<typeof s3Storage>) => ({
  put: () => storage.put("a/one", Buffer.from("whole"), "text/plain"),
  read: async () => {
    const found = await storage.get("a/one");
    return found && (await buffer(found.stream)).toString();
  },
  remove: () => storage.remove(["a/one"]),
  list: async () => {
    const keys: string[] = [];
    for await (const { key } of storage.list("")) keys.push(key);
    return keys;
  },
  check: () => storage.check(),
});

describe.runIf(s3Server)("S3", () => {
  test("that is away is told soon, by every call", async () => {
    const { network, storage } = await makeUnreliableStorage();
    network.close();
    for (const call of Object.values(object(storage))) await expectTrouble("away", call);
  });

  test("that takes connections and says nothing is told soon, and leaves nothing behind", async () => {
    const { network, storage, straight } = await makeUnreliableStorage({ patienceMs });
    network.fate = "stall";
    const calls = Object.values(object(storage));
    await Promise.all(calls.map((call) => expectTrouble("slow", call)));
    expect(network.connections).toBeGreaterThanOrEqual(calls.length);
    expect(await object(straight).read()).toBeNull();
  });

  test("whose answer is lost after it stored has the whole object, or the put rejects", async () => {
    const { network, storage, straight } = await makeUnreliableStorage();
    network.fate = "unanswered";
    await expectTrouble("away", object(storage).put);
    expect(await object(straight).read()).toBe("whole");
    network.fate = "pass";
    await object(storage).put();
    expect(await object(storage).list()).toEqual(["a/one"]);
  });

  test("whose answer breaks off half way gives an error, and never a part as if it were all", async () => {
    const { network, storage, straight } = await makeUnreliableStorage();
    const bytes = Buffer.alloc(3_000_000, "x");
    await straight.put("a/large", bytes, "text/plain");
    network.fate = { cut: 1_000_000 };
    const found = await storage.get("a/large");
    expect(found?.bytes).toBe(bytes.length);
    await expectTrouble("away", async () => found && buffer(found.stream));
  });

  test("whose body stalls ends the stream with an error, and a slow reader is no stall", async () => {
    const { network, storage, straight } = await makeUnreliableStorage({ patienceMs });
    const bytes = Buffer.alloc(3_000_000, "x");
    await straight.put("a/large", bytes, "text/plain");
    const read = await storage.get("a/large");
    const later = performance.now() + patienceMs * 1.2;
    // The first connection is taken, so that this is another one.
    network.fate = { stallAfter: 1_000_000 };
    const found = await storage.get("a/large");
    await expectTrouble("slow", async () => found && buffer(found.stream));
    await vi.waitUntil(() => performance.now() > later, boundMs);
    expect(read && (await buffer(read.stream)).length).toBe(bytes.length);
  });

  test("that refuses the key, the signature or the bucket is told apart from one that is away", async () => {
    const settings = await makeBucket();
    const wrong = [
      { accessKeyId: "test:nobody" },
      { secretAccessKey: "another-key-that-is-wrong" },
      { bucket: "there-is-no-such-bucket" },
    ];
    for (const setting of wrong) {
      const storage = s3Storage({ ...settings, ...setting });
      for (const call of Object.values(object(storage))) {
        const { message } = await expectTrouble("refused", call);
        expect(message).toMatch(/HTTP 40\d/);
        expect(message).not.toContain(settings.secretAccessKey);
      }
    }
  });

  test("that refuses us stops the start in one line that names the variable; one that is away does not", async () => {
    const settings = await makeBucket();
    const start = (setting: Partial<typeof settings>) =>
      checkStorageAtStart("s3", s3Storage({ ...settings, ...setting }));
    await start({});
    await start({ endpoint: "http://127.0.0.1:1" });
    const wrong = [
      [{ bucket: "there-is-no-such-bucket" }, /^S3_BUCKET .*; for example S3_BUCKET=parley$/],
      [
        { secretAccessKey: "wrong-key-of-hunter2" },
        /^AWS_ACCESS_KEY_ID .*HTTP 403.*; for example /,
      ],
    ] as const;
    for (const [setting, line] of wrong) {
      const error = await start(setting).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(StartupError);
      expect(error).toMatchObject({ message: expect.stringMatching(line) });
      expect(String(error)).not.toContain("hunter2");
    }
  });
});
