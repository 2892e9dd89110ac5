import { scaleBand, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type Plot, plotSize, type Rows } from "./plot";

const margin = { start: 34, end: 16, top: 10, bottom: 24 };
/** Names below the axis; more do not fit beside each other. */
const mostLabels = 5;

/**
 * Bars, a line over them, or both, over the same values from 0 up.
 *
 * @param line null where there is no value
 */
export function drawPlot({
  bars = [],
  line: values = [],
}: {
  bars?: number[];
  line?: (number | null)[];
}): Plot {
  const count = Math.max(bars.length, values.length);
  const most = Math.max(0, ...bars, ...values.map((value) => value ?? 0));
  const baseline = plotSize.height - margin.bottom;
  const x = scaleBand<number>()
    .domain(Array.from({ length: count }, (_, at) => at))
    .range([margin.start, plotSize.width - margin.end])
    .paddingInner(0.25)
    .paddingOuter(0.1);
  const y = scaleLinear()
    // Half a message is no tick, and seconds are none of an axis of hours.
    .domain([0, Math.max(most, bars.length ? 3 : 1)])
    .nice(3)
    .range([baseline, margin.top]);
  const middle = (at: number) => (x(at) ?? 0) + x.bandwidth() / 2;
  const points = values.flatMap((value, at) =>
    value === null ? [] : [{ x: round(middle(at)), y: round(y(value)) }],
  );
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, at) => round(middle(at)))
    .y((value) => round(y(value ?? 0)));
  const step = Math.ceil(count / mostLabels);
  return {
    bars: bars.map((value, at) => ({
      x: round(x(at) ?? 0),
      y: round(y(value)),
      width: round(x.bandwidth()),
      height: round(baseline - y(value)),
    })),
    line: points.length ? { path: path(values) ?? "", points } : null,
    ticks: y.ticks(3).map((value) => ({ y: round(y(value)), value })),
    // From the last on, which is now.
    labels: Array.from({ length: count }, (_, at) => at)
      .filter((at) => (count - 1 - at) % step === 0)
      .map((at) => ({ x: round(middle(at)), at })),
    baseline,
  };
}

export function drawRows(values: number[]): Rows {
  const x = scaleLinear()
    .domain([0, Math.max(1, ...values)])
    .range([0, plotSize.width]);
  return values.map((value, at) => ({ y: at * plotSize.rowHeight, width: round(x(value)) }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
