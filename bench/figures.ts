import { median } from "./statistics.ts";

/** One measured thing of one contender: the median of its runs. */
export type Figure = {
  scenario: string;
  contender: string;
  /** Under which load, or of what size. */
  at: string;
  /** With its unit, as a table's column is headed. */
  name: string;
  median: number;
  runs: number[];
};

/** What was aimed for, in words, and what came out. `met` is null when it could not be told. */
export type Aim = { scenario: string; aim: string; measured: string; met: boolean | null };

export type Report = {
  figures: Figure[];
  aims: Aim[];
  /** Runs in which Parley lost, doubled or reordered a message, in words. */
  broken: string[];
};

export function figure(of: Omit<Figure, "median">): Figure {
  return { ...of, median: median(of.runs) };
}

/** NaN when it was not measured. */
export function medianOf(
  figures: Figure[],
  wanted: Pick<Figure, "contender" | "at" | "name">,
): number {
  const found = figures.find(
    ({ contender, at, name }) =>
      contender === wanted.contender && at === wanted.at && name === wanted.name,
  );
  return found?.median ?? Number.NaN;
}

/**
 * An aim that is a ratio of two figures.
 *
 * @param wanted the ratio has to be at least or at most that
 */
export function ratioAim(
  scenario: string,
  aim: string,
  [value, base]: [number, number],
  wanted: { atLeast: number } | { atMost: number },
): Aim {
  const ratio = value / base;
  const met = "atLeast" in wanted ? ratio >= wanted.atLeast : ratio <= wanted.atMost;
  const measured = `${short(ratio)} times (${short(value)} to ${short(base)})`;
  return { scenario, aim, measured, met: Number.isNaN(ratio) ? null : met };
}

export function short(value: number): string {
  if (Number.isNaN(value)) return "-";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
