/** Milliseconds of a clock that all threads of a process share. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
