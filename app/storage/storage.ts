import type { Readable } from "node:stream";

/**
 * Where the bytes are that do not belong into the database: pictures, archives, exports.
 *
 * Whatever fails rejects with a `StorageError`, and within a bounded time: a caller need not watch
 * the clock. Keys are made by us (`isKey`), never from what somebody typed.
 */
export type Storage = {
  /**
   * Stores an object whole or not at all, and has it on disk when it resolves. The same key again
   * replaces it. When it rejects, the object may be there all the same: an answer can get lost.
   */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /**
   * @returns null when there is no such object
   * @throws RangeNotSatisfiable when `range` begins behind the end
   */
  get(key: string, range?: ByteRange): Promise<StoredObject | null>;
  /** What is not there counts as removed. */
  remove(keys: readonly string[]): Promise<void>;
  /**
   * The objects whose keys begin with `prefix`, in the order of their keys as bytes.
   *
   * @param after goes on behind this key, whether it is still there or not
   */
  list(prefix: string, after?: string): AsyncIterable<ListedObject>;
  /** Removes what puts left half done that were killed, and that began before `before`. */
  removeUnfinished(before: Date): Promise<void>;
  /** Resolves when objects can be stored and read at this moment. */
  check(): Promise<void>;
};

/** Both ends belong to it; without `last` it goes to the end of the object. */
export type ByteRange = { first: number; last?: number };

export type StoredObject = {
  /** The bytes asked for. Ends with an error when the storage goes away or stalls meanwhile. */
  stream: Readable;
  /** Of the whole object. */
  bytes: number;
  /** What `stream` gives: all of it, or the part of a range that exists. */
  first: number;
  last: number;
};

export type ListedObject = { key: string; bytes: number; changedAt: Date };

/** `full`: no room; `slow`: no answer in time; `refused`: not allowed; `away`: everything else. */
export type StorageTrouble = "full" | "slow" | "refused" | "away";

/** The storage could not do it. For the log: what it says names no secret, and nothing for people. */
export class StorageError extends Error {
  override name = "StorageError";

  constructor(
    readonly trouble: StorageTrouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class RangeNotSatisfiable extends Error {
  override name = "RangeNotSatisfiable";
}

/**
 * Small letters, digits, `-`, `_`, `.` and, between parts, `/`: the same on every file system and in
 * every bucket, with no way out of a folder. At most 200 characters.
 */
export function isKey(key: string): boolean {
  return key.length <= 200 && /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/.test(key);
}

/** @throws Error, because a key that is none is a mistake of ours */
export function requireKey(key: string): string {
  if (!isKey(key)) throw new Error(`Not a key of the storage: ${JSON.stringify(key)}`);
  return key;
}
