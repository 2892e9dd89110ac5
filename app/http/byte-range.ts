import type { ByteRange } from "~/storage/storage";

/**
 * The one range of bytes that a `Range` header asks for. What asks for several, or for the end alone,
 * gets all of it, which RFC 9110 (14.2) allows for any range.
 *
 * @returns undefined when all of it is to be sent
 */
export function readRange(header: string | undefined): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})?$/.exec(header ?? "") ?? [];
  if (first === undefined) return undefined;
  const range = { first: Number(first), ...(last !== undefined && { last: Number(last) }) };
  return range.last !== undefined && range.last < range.first ? undefined : range;
}
