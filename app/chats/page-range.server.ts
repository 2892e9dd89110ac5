import { type SQL, sql } from "drizzle-orm";

/** Where a page of history lies: at the newest message, or beside a seq. */
export type Place = { before?: number; after?: number; around?: number };

/**
 * The seqs of a page, as the columns `first` and `last`, in a chat that ends at `lastSeq`. Where
 * nothing lies before or after a place, the page is the oldest or the newest one.
 *
 * @param lastSeq the chat's, as SQL
 * @param asked the values of `rangeValues`, or their placeholders
 */
export function pageRange(lastSeq: SQL, asked: Record<keyof RangeValues, unknown>): SQL {
  const after = sql`${asked.after}::bigint`;
  const end = sql`least(${asked.end}::bigint, ${lastSeq})`;
  const size = sql`${asked.size}::bigint`;
  return sql`
    select
      case when ${after} < ${lastSeq} then ${after} + 1
        else greatest(1, ${end} - ${size} + 1) end as first,
      case when ${after} < ${lastSeq} then least(${after} + ${size}, ${lastSeq})
        else ${end} end as last`;
}

/** The same of a chat that is not in the database. */
export function rangeOf(lastSeq: number, size: number, place: Place) {
  const { after, ...values } = rangeValues(size, place);
  if (after < lastSeq) return { first: after + 1, last: Math.min(after + size, lastSeq) };
  const end = Math.min(values.end, lastSeq);
  return { first: Math.max(1, end - size + 1), last: end };
}

export type RangeValues = ReturnType<typeof rangeValues>;

/** Larger than any seq. */
const beyond = Number.MAX_SAFE_INTEGER;

/** @param size messages on a page */
export function rangeValues(size: number, { before, after, around }: Place) {
  return { size, after: after ?? beyond, end: wantedEnd(size, { before, around }) };
}

function wantedEnd(size: number, { before, around }: Omit<Place, "after">): number {
  if (around !== undefined) return Math.min(Math.max(size, around + Math.floor(size / 2)), beyond);
  if (before === undefined) return beyond;
  return before > 1 ? before - 1 : size;
}
