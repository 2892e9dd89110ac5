/**
 * How far compaction is: it goes over tables by name, and of each first looks, then moves rows from
 * its end to its front (in passes: what others write meanwhile may land behind), then builds anew those
 * of its indexes that are too large. Pages are counted from 0.
 */
export type Place =
  | { table: string; step: "look"; pass: number; pagesBefore: number }
  | { table: string; step: "move"; pass: number; pagesBefore: number; end: number; needed: number }
  | { table: string; step: "index"; left: string[] };
