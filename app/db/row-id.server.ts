import { randomFillSync } from "node:crypto";
import { v7 as uuidv7 } from "uuid";

const bytesEach = 16;
/** Asking the system for random bytes costs more than the rest of an id: for so many at once. */
const pool = new Uint8Array(bytesEach * 256);
let used = pool.length;

/** An id for a new row, in about the order of time. */
export function newRowId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + bytesEach);
  used += bytesEach;
  return uuidv7({ random });
}
