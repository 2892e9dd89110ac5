import { asColumns, asRows } from "./columns";

/** A value as one text: what loaders give for pages that carry much. */
export type Packed<Value> = { json: string; readonly holds?: Value };

const known = new WeakMap<object, unknown>();

/**
 * Remix writes and reads the data of pages value by value, in JavaScript; JSON is made and read by
 * the engine, many times as fast. Lists of things that are alike, most of a page, go by columns.
 *
 * @param value of what JSON has
 */
export function pack<Value>(value: Value): Packed<Value> {
  const packed: Packed<Value> = { json: JSON.stringify(asColumns(value)) };
  // The server renders what it packed.
  known.set(packed, value);
  return packed;
}

/** @returns the same value for the same packed one, so that components can compare */
export function unpack<Value>(packed: Packed<Value>): Value {
  const before = known.get(packed);
  if (before !== undefined) return before as Value;
  const value = asRows(JSON.parse(packed.json)) as Value;
  known.set(packed, value);
  return value;
}
