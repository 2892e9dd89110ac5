/** A plot as it is drawn, in units of `plotSize`; it is made on the server. */
export type Plot = {
  bars: { x: number; y: number; width: number; height: number }[];
  /** The path of the line, and its points. */
  line: { path: string; points: { x: number; y: number }[] } | null;
  ticks: { y: number; value: number }[];
  /** Which of the values are named below the axis. */
  labels: { x: number; at: number }[];
  baseline: number;
};

/** Bars that lie, one for each name, with the name above each. */
export type Rows = { y: number; width: number }[];

export const plotSize = { width: 360, height: 180, rowHeight: 36, barHeight: 10, barTop: 20 };
