import type { ReactNode } from "react";
import { type Plot, plotSize, type Rows } from "~/moderation/figures/plot";
import { Card } from "~/ui/card";
import { useFormat, useT } from "~/ui/i18n";

type Props = {
  title: string;
  /** What bars and line stand for, where there are both. */
  legend?: { bars: string; line: string };
  /** The same numbers, for those who cannot see the plot and for those who want them exactly. */
  table: { head: string[]; rows: (string | number)[][] };
  children: ReactNode;
};

/** A plot with its title, and its numbers as a table. */
export function Figure({ title, legend, table, children }: Props) {
  const t = useT();
  return (
    <Card className="min-w-0 p-4">
      <figure>
        <figcaption className="font-semibold [overflow-wrap:anywhere]">{title}</figcaption>
        {legend && (
          <p aria-hidden className="mt-1 flex gap-4 text-muted text-xs">
            <span className="flex items-center gap-1.5">
              <span className="size-3 rounded-sm bg-accent" /> {legend.bars}
            </span>
            <span className="flex items-center gap-1.5">
              <span className="h-0.5 w-4 bg-warning" /> {legend.line}
            </span>
          </p>
        )}
        <div className="mt-3">{children}</div>
        <details className="mt-2 text-sm">
          <summary className="cursor-pointer py-1 text-muted pointer-coarse:py-3">
            {t("figures.numbers")}
            <span className="sr-only">: {title}</span>
          </summary>
          <Numbers title={title} {...table} />
        </details>
      </figure>
    </Card>
  );
}

function Numbers({ title, head, rows }: { title: string } & Props["table"]) {
  const [first, ...others] = head;
  return (
    <div className="overflow-x-auto">
      <table className="mt-1 w-full text-start tabular-nums">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-line border-b text-muted">
            <th scope="col" className="py-1 pe-3 text-start font-medium">
              {first}
            </th>
            {others.map((name) => (
              <th key={name} scope="col" className="py-1 ps-3 text-end font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={name} className="border-line border-b last:border-0">
              <th scope="row" className="py-1 pe-3 text-start font-normal">
                {name}
              </th>
              {values.map((value, at) => (
                <td key={others[at]} className="py-1 ps-3 text-end">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** @param names of the values, as they stand below the axis */
export function PlotPicture({ plot, names }: { plot: Plot; names: string[] }) {
  const format = useFormat();
  const { width, height } = plotSize;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="w-full text-[11px]">
      {plot.ticks.map(({ y, value }) => (
        <g key={value}>
          <line x1="34" x2={width} y1={y} y2={y} className="stroke-line" />
          <text x="28" y={y + 4} textAnchor="end" className="fill-muted">
            {format.number(value)}
          </text>
        </g>
      ))}
      {plot.bars.map((bar) => (
        <rect key={bar.x} {...bar} rx="2" className="fill-accent" />
      ))}
      {plot.line && (
        <>
          <path d={plot.line.path} fill="none" strokeWidth="2" className="stroke-warning" />
          {plot.line.points.map((point) => (
            <circle key={point.x} cx={point.x} cy={point.y} r="2.5" className="fill-warning" />
          ))}
        </>
      )}
      {plot.labels.map(({ x, at }) => (
        <text key={at} x={x} y={plot.baseline + 16} textAnchor="middle" className="fill-muted">
          {names[at]}
        </text>
      ))}
    </svg>
  );
}

/** Bars that lie, each with its name and its value above it. */
export function RowsPicture(props: { rows: Rows; names: string[]; values: number[] }) {
  const format = useFormat();
  const { width, rowHeight, barHeight, barTop } = plotSize;
  const { rows, names, values } = props;
  return (
    <svg
      viewBox={`0 0 ${width} ${rows.length * rowHeight}`}
      aria-hidden="true"
      className="w-full text-[12px]"
    >
      {rows.map((row, at) => (
        <g key={names[at]}>
          <text x="0" y={row.y + 14} className="fill-ink">
            {names[at]}
          </text>
          <text x={width} y={row.y + 14} textAnchor="end" className="fill-muted">
            {format.number(values[at] ?? 0)}
          </text>
          <rect
            x="0"
            y={row.y + barTop}
            width={width}
            height={barHeight}
            rx="3"
            className="fill-sunken"
          />
          <rect
            x="0"
            y={row.y + barTop}
            width={row.width}
            height={barHeight}
            rx="3"
            className="fill-accent"
          />
        </g>
      ))}
    </svg>
  );
}
