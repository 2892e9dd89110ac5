/** Marks a list that stands by columns; no field of ours is called so. */
const mark = "=";
/** A list that is shorter gains nothing. */
const fewest = 3;

/** One field of all: the same for each, one for each, or which of a few each has. */
type Column = [same: unknown] | [0, list: unknown] | [1, few: unknown[], which: number[]];
type Table = { [mark]: number } & Record<string, Column | number>;
type Row = Record<string, unknown>;

/**
 * What has many things of the same fields says each field once: forty messages take a third of the
 * text, and of the time to write it, escape it and send it. `asRows` gives it back.
 *
 * @param value of what JSON has
 */
export function asColumns(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return tableOf(value) ?? value.map(asColumns);
  const copy: Row = {};
  for (const key in value) copy[key] = asColumns((value as Row)[key]);
  return copy;
}

function tableOf(rows: unknown[]): Table | null {
  if (rows.length < fewest || !areAlike(rows)) return null;
  const table: Table = { [mark]: rows.length };
  for (const key in rows[0]) {
    const list = rows.map((row) => row[key]);
    // As a field it would be left out, in a list it would be null.
    if (list.includes(undefined)) return null;
    table[key] = columnOf(list);
  }
  return table;
}

function areAlike(rows: unknown[]): rows is [Row, ...Row[]] {
  const isPlain = (row: unknown): row is Row =>
    typeof row === "object" && row !== null && !Array.isArray(row);
  const [first] = rows;
  if (!isPlain(first)) return false;
  const keys = Object.keys(first);
  return rows.every((row) => {
    if (!isPlain(row)) return false;
    const own = Object.keys(row);
    return own.length === keys.length && own.every((key, at) => key === keys[at]);
  });
}

function columnOf(list: unknown[]): Column {
  const [first] = list;
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  if (list.every(isEmpty)) return [[]];
  if (typeof first === "object" && first !== null) return [0, asColumns(list)];
  const few = new Map<unknown, number>();
  for (const value of list) {
    if (typeof value === "object" && value !== null) return [0, asColumns(list)];
    if (!few.has(value)) few.set(value, few.size);
    if (few.size > list.length / fewest) return [0, list];
  }
  if (few.size === 1) return [first];
  return [1, [...few.keys()], list.map((value) => few.get(value) ?? 0)];
}

/** What was made by `asColumns` and went through JSON, as it was. */
export function asRows(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(asRows);
  const { [mark]: count, ...fields } = value as Table;
  const read = Object.entries(fields);
  if (!count) return Object.fromEntries(read.map(([key, field]) => [key, asRows(field)]));
  const columns = read.map(([key, column]) => [key, readerOf(column as Column)] as const);
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(columns.map(([key, valueAt]) => [key, valueAt(at)])),
  );
}

function readerOf(column: Column): (at: number) => unknown {
  const [first, values, which] = column;
  if (!values) return () => first;
  const list = asRows(values) as unknown[];
  return (at) => list[which ? (which[at] ?? 0) : at];
}
