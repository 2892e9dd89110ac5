import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inTime } from "./in-time.server";
import {
  type ByteRange,
  type ListedObject,
  RangeNotSatisfiable,
  requireKey,
  type Storage,
  StorageError,
} from "./storage";

/** A local disk answers in ms; a network mount whose server is gone would hang for ever. */
const patienceMs = 15_000;

/** No key begins with a dot. */
const INCOMING = ".incoming";

/**
 * Objects as files below `folder`. A put writes to a name that no key can have, on the same file
 * system, and renames: whoever reads finds all of an object or none of it, also after a power cut.
 */
export function diskStorage({ folder }: { folder: string }): Storage {
  const incoming = join(folder, INCOMING);
  const pathOf = (key: string) => join(folder, requireKey(key));

  async function put(key: string, bytes: Uint8Array, signal: AbortSignal) {
    const path = pathOf(key);
    const half = join(incoming, randomUUID());
    try {
      await mkdir(incoming, { recursive: true });
      await writeWhole(half, bytes);
      signal.throwIfAborted();
      const made = await moveTo(path, half);
      await syncUpwards(dirname(path), made ? dirname(made) : dirname(path));
    } catch (error) {
      await rm(half, { force: true }).catch(() => {});
      throw error;
    }
  }

  async function get(key: string, range?: ByteRange) {
    const file = await openIfThere(pathOf(key));
    if (!file) return null;
    try {
      const { size: bytes } = await file.stat();
      const first = range?.first ?? 0;
      const last = Math.min(range?.last ?? bytes - 1, bytes - 1);
      if (range && first >= bytes) throw new RangeNotSatisfiable();
      const stream = file.createReadStream({ start: first, end: Math.max(first, last) });
      return { stream, bytes, first, last };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  return {
    put: (key, bytes) =>
      guarded("A write", () => inTime(patienceMs, "A write", (signal) => put(key, bytes, signal))),
    get: (key, range) =>
      guarded("A read", () => inTime(patienceMs, "A read", () => get(key, range))),
    remove: (keys) =>
      guarded("A removal", () =>
        inTime(patienceMs, "A removal", async () => {
          for (const key of keys) {
            await rm(pathOf(key), { force: true });
            await removeEmpty(dirname(pathOf(key)), folder);
          }
        }),
      ),
    list: (prefix, after = "") => list(folder, "", prefix, after),
    removeUnfinished: (before) =>
      guarded("A removal", async () => {
        for (const name of await readdirIfThere(incoming)) {
          const path = join(incoming, name);
          const known = await statIfThere(path);
          if (known && known.mtime < before) await rm(path, { force: true });
        }
      }),
    check: () =>
      guarded("The check", () =>
        inTime(patienceMs, "The check", async () => {
          const path = join(incoming, `check-${randomUUID()}`);
          await mkdir(incoming, { recursive: true });
          try {
            await writeWhole(path, new Uint8Array(1));
          } finally {
            await rm(path, { force: true });
          }
        }),
      ),
  };
}

async function writeWhole(path: string, bytes: Uint8Array) {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** How often a removal may take a folder away between its making and its use; once is rare. */
const mostTries = 20;

/** @returns the topmost folder that had to be made */
async function moveTo(path: string, half: string): Promise<string | undefined> {
  let made: string | undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      made = (await mkdir(dirname(path), { recursive: true })) ?? made;
      await rename(half, path);
      return made;
    } catch (error) {
      // A removal found a folder of it empty and took it away again, perhaps while it was made.
      if (codeOf(error) !== "ENOENT" || tries === mostTries) throw error;
    }
  }
}

/** Without it each picture that was removed would leave its folder for ever. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  if (folder === top) return;
  try {
    await rmdir(folder);
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return;
    throw error;
  }
  await removeEmpty(dirname(folder), top);
}

/** A name is on disk when its folder is: from `folder` up to `top`, of which the path was made. */
async function syncUpwards(folder: string, top: string) {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (folder !== top && folder !== dirname(folder)) await syncUpwards(dirname(folder), top);
}

/** @param below the folder that is being read, as the beginning of its keys */
async function* list(
  folder: string,
  below: string,
  prefix: string,
  after: string,
): AsyncGenerator<ListedObject> {
  const entries = await guarded("A listing", () => entriesOf(join(folder, below)));
  for (const { name, isFolder } of entries) {
    const key = `${below}${name}`;
    const couldMatch = key.startsWith(prefix) || prefix.startsWith(key);
    if (!couldMatch || name.startsWith(".")) continue;
    if (isFolder) {
      // All of its keys begin with `key`.
      if (key > after || after.startsWith(key)) yield* list(folder, key, prefix, after);
    } else if (key > after && key.startsWith(prefix)) {
      const known = await guarded("A listing", () => statIfThere(join(folder, key)));
      if (known) yield { key, bytes: known.size, changedAt: known.mtime };
    }
  }
}

/** Folders with the `/` that stands in their keys, so that they sort as their keys do. */
async function entriesOf(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessMissing([]));
  return entries
    .map((entry) => ({
      name: entry.isDirectory() ? `${entry.name}/` : entry.name,
      isFolder: entry.isDirectory(),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const openIfThere = (path: string) => open(path, "r").catch(unlessMissing(null));
const statIfThere = (path: string) => stat(path).catch(unlessMissing(null));
const readdirIfThere = (path: string) => readdir(path).catch(unlessMissing<string[]>([]));

function unlessMissing<Value>(instead: Value) {
  return (error: unknown) => {
    if (codeOf(error) === "ENOENT") return instead;
    throw error;
  };
}

async function guarded<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (!code) throw error;
    const trouble = {
      ENOSPC: "full",
      EDQUOT: "full",
      EACCES: "refused",
      EPERM: "refused",
    } as const;
    const kind = code in trouble ? trouble[code as keyof typeof trouble] : "away";
    throw new StorageError(kind, `${what} in the folder of DATA_DIR failed: ${code}`, {
      cause: error,
    });
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "syscall" in error && "code" in error
    ? String(error.code)
    : undefined;
}
